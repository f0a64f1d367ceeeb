import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxAlertsPerPerson } from '../../src/commands/limits.ts';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
});
afterAll(() => bot.close());

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const alertsOf = (person: string) => bot.store.subscriptions.list({ createdBy: bot.user(person) });

async function directMessages(person: string): Promise<ShownMessage[]> {
  const user = bot.user(person);
  const [dm] = await read<{ id: string }[]>(`/dms?user=${user}`);
  return dm ? read<ShownMessage[]>(`/channels/${dm.id}/messages?user=${user}`) : [];
}

async function read<T>(path: string): Promise<T> {
  const response = await fetch(`${bot.ready.control}${path}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is the sandbox's contract
  return (await response.json()) as T;
}

describe('/alert', () => {
  it('confirms a new alert in direct messages, where its papers will come', async () => {
    const [reply] = await bot.ask('Mika', 'alert add', { query: 'gpu', interests: 'memory' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('Your alert for `gpu` with an interest in `memory` is set.');

    const [alert] = await alertsOf('Mika');
    const target = await bot.store.targets.get(alert?.target ?? '');
    expect(alert).toMatchObject({ query: 'gpu', interests: 'memory', style: 'digest' });
    expect(target).toMatchObject({ kind: 'dm', userId: bot.user('Mika'), guildId: null, state: 'active' });

    const [confirmation] = await directMessages('Mika');
    expect(confirmation?.content).toContain(
      `\`/alert edit id:${alert?.id}\` changes it, \`/alert remove id:${alert?.id}\` ends it.`,
    );
    expect(confirmation?.embeds[0]?.title).toContain('would have brought 1 paper');
  });

  it('lists and suggests a person’s own alerts only', async () => {
    const [alert] = await alertsOf('Mika');
    const [mine] = await bot.ask('Mika', 'alert list');
    expect(isPrivate(mine)).toBe(true);
    expect(mine?.embeds[0]?.description).toContain('**Direct messages**');
    expect(mine?.embeds[0]?.description).toContain(`(\`${alert?.id}\`)`);
    expect(await bot.complete('Mika', 'alert remove', { id: '' }, 'id')).toEqual([{ name: 'gpu', value: alert?.id }]);

    const [theirs] = await bot.ask('Ada', 'alert list');
    expect(theirs?.content).toContain('You have no alerts yet');
    expect(await bot.complete('Ada', 'alert remove', { id: '' }, 'id')).toEqual([]);
  });

  it('works in direct messages too', async () => {
    const [alert] = await alertsOf('Mika');
    const body = { user: bot.user('Mika'), channel: alert?.target, command: 'alert list', options: {} };
    const { replies } = await bot.control<{ replies: ShownMessage[] }>('/interactions', body);
    expect(replies[0]?.embeds[0]?.title).toBe('Your alert');
  });

  it('leaves alerts of others alone', async () => {
    const [alert] = await alertsOf('Mika');
    const [reply] = await bot.ask('Ada', 'alert remove', { id: alert?.id });
    expect(reply?.content).toContain('no alert of that id');
    expect(await alertsOf('Mika')).toHaveLength(1);
  });

  it('removes', async () => {
    const [alert] = await alertsOf('Mika');
    const [reply] = await bot.ask('Mika', 'alert remove', { id: alert?.id });
    expect(reply?.content).toContain('no longer send you papers for `gpu`');
    expect(await alertsOf('Mika')).toEqual([]);
  });

  it('keeps nothing when direct messages are closed, and says how to open them', async () => {
    const fault = { route: 'POST /channels/:id/messages', status: 403, code: 50007, when: 'before', count: 1 };
    await bot.control('/faults', fault);
    const [reply] = await bot.ask('Mika', 'alert add', { query: 'cache' });
    expect(reply?.content).toContain(
      'I cannot send you direct messages. Please allow direct messages from this server’s members',
    );
    expect(reply?.content).toContain('Nothing was saved.');
    expect(await alertsOf('Mika')).toEqual([]);
  });

  it('is set where the message arrived and only the answer was lost', async () => {
    const lost = { route: 'POST /channels/:id/messages', status: 502, when: 'after', count: 1 };
    await bot.control('/faults', lost);
    const before = (await directMessages('Mika')).length;
    const [reply] = await bot.ask('Mika', 'alert add', { query: 'consensus' });
    expect(reply?.content).toContain('Your alert for `consensus` is set.');
    expect(await directMessages('Mika')).toHaveLength(before + 1);
    const [alert] = await alertsOf('Mika');
    await bot.store.subscriptions.delete(alert?.id ?? '');
  });

  it('tells wishes apart that differ only in their seventh category', async () => {
    const six = 'cs.AI, cs.CC, cs.CL, cs.CV, cs.DB, cs.DC';
    await bot.ask('Mika', 'alert add', { query: 'raft', categories: `${six}, cs.LG` });
    const [second] = await bot.ask('Mika', 'alert add', { query: 'raft', categories: `${six}, cs.NI` });
    expect(second?.content).toContain('is set');
    const [twin] = await bot.ask('Mika', 'alert add', { query: '(raft)', categories: `cs.LG, ${six}` });
    expect(twin?.content).toContain('already');
    for (const { id } of await alertsOf('Mika')) await bot.store.subscriptions.delete(id);
  });

  it('never takes an id that is taken', async () => {
    await bot.ask('Mika', 'alert add', { query: 'first' });
    const [first] = await alertsOf('Mika');
    const target = await bot.store.targets.get(first?.target ?? '');
    if (!first || !target) throw new Error('the alert was just made');
    const taken = Array.from({ length: 5 }, (_, index) => `n${Number(first.id.slice(1)) + 1 + index}`);
    for (const id of taken) {
      await bot.store.subscriptions.save({ ...first, id, createdBy: null, query: 'not mine' }, target);
    }
    await bot.ask('Mika', 'alert add', { query: 'second' });
    expect((await alertsOf('Mika')).map(({ query }) => query).toSorted()).toEqual(['first', 'second']);
    for (const id of taken) {
      expect(await bot.store.subscriptions.get(id)).toMatchObject({ query: 'not mine' });
      await bot.store.subscriptions.delete(id);
    }
    for (const { id } of await alertsOf('Mika')) await bot.store.subscriptions.delete(id);
  });

  it('stops at the limit of a person', async () => {
    await bot.ask('Mika', 'alert add', { query: 'first' });
    const [first] = await alertsOf('Mika');
    const target = await bot.store.targets.get(first?.target ?? '');
    if (!first || !target) throw new Error('the alert was just made');
    for (let index = 1; index < maxAlertsPerPerson; index++) {
      await bot.store.subscriptions.save({ ...first, id: `a${index}` }, target);
    }
    const [reply] = await bot.ask('Mika', 'alert add', { query: 'one more' });
    expect(reply?.content).toContain('25 alerts');
    expect(await alertsOf('Mika')).toHaveLength(maxAlertsPerPerson);
  });
});
