import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

let bot: Bot;
/** Id of Mika's direct messages with the bot. */
let dm = '';
beforeAll(async () => {
  bot = await startBot(smallListing);
  await bot.ask('Mika', 'alert add', { query: 'gpu', interests: 'memory' });
  [{ target: dm = '', id: first = '' } = {}] = await bot.store.subscriptions.list({ createdBy: bot.user('Mika') });
});
afterAll(() => bot.close());

let first = '';
beforeEach(async () => {
  const alert = { target: dm, style: 'digest', createdBy: bot.user('Mika') } as const;
  const place = aTarget({ id: dm, kind: 'dm', guildId: null, userId: bot.user('Mika') });
  await bot.store.subscriptions.save(aSubscription({ id: first, query: 'gpu', interests: 'memory', ...alert }), place);
  await bot.store.subscriptions.save(aSubscription({ id: 'other', query: 'raft', ...alert }), place);
});

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const openForm = (channel = bot.channel('llm-serving')) =>
  bot.form('Mika', { channel, command: 'alert edit', options: { id: first } });

describe('/alert edit', () => {
  it('changes a person’s own alert by a form, wherever they are', async () => {
    for (const [channel, query] of [
      [bot.channel('llm-serving'), 'inference'],
      [dm, 'serving'],
    ]) {
      const form = await openForm(channel);
      expect(form).toMatchObject({ custom_id: `v1:edit-alert:${first}`, title: 'Change your alert' });
      expect(form.components.map(({ label }) => label)).toEqual(['Query', 'Interests', 'Categories', 'Max']);
      const [reply] = await bot.send('Mika', form.custom_id, { query, max: '4' });
      expect(isPrivate(reply)).toBe(true);
      expect(reply?.content).toBe(
        `Changed: your alert is for \`${query}\` with an interest in \`memory\`. New papers come as soon as arXiv announces them, ten to a message, at most 4 a day.`,
      );
      expect(reply?.embeds[0]?.title).toMatch(/^The listing of Fri 23 May 2025 would have brought \d paper/);
      expect(await bot.store.subscriptions.get(first)).toMatchObject({ query, maxPapers: 4, target: dm });
    }
  });

  it('says what is wrong, with a way back to what was typed', async () => {
    const { custom_id: customId } = await openForm(dm);
    const [reply] = await bot.send('Mika', customId, { query: '"open' });
    expect(reply?.content).toContain('I cannot read that query');
    const [button] = reply?.components[0]?.components ?? [];
    const again = await bot.form('Mika', { message: reply?.id, customId: button?.custom_id });
    expect(again.components[0]?.component.value).toBe('"open');
    const [twin] = await bot.send('Mika', again.custom_id, { query: 'raft', interests: '' });
    expect(twin?.content).toBe(
      'There is one like that already (`other`): your alert is for `raft`. Nothing was changed.',
    );
    expect(await bot.store.subscriptions.get(first)).toMatchObject({ query: 'gpu' });
  });

  it('leaves alerts of others, and subscriptions of channels, alone', async () => {
    const [theirs] = await bot.ask('Ada', 'alert edit', { id: first });
    expect(theirs?.content).toContain('You have no alert of that id');
    await bot.ask('Ada', 'subscribe', { query: 'cache' });
    const [{ id } = { id: '' }] = await bot.store.subscriptions.list({ createdBy: bot.user('Ada') });
    const [channels] = await bot.ask('Ada', 'alert edit', { id });
    expect(channels?.content).toContain('You have no alert of that id');
  });

  it('lets paused alerts go on where a message arrives, and only there', async () => {
    await bot.store.targets.pause(dm, 'Your privacy settings keep my direct messages out.', 0);
    const fault = { route: 'POST /channels/:id/messages', status: 403, code: 50007, when: 'before', count: 1 };
    await bot.control('/faults', fault);
    const closed = await openForm();
    const [refused] = await bot.send('Mika', closed.custom_id, { query: 'cache' });
    expect(refused?.content).toMatch(/^Changed: .* Your alerts stay paused: I cannot send you direct messages\./);
    expect(await bot.store.targets.get(dm)).toMatchObject({ state: 'paused' });

    const open = await openForm();
    const [reply] = await bot.send('Mika', open.custom_id, {});
    expect(reply?.content).toMatch(/^Nothing was changed: .* Your alerts were paused; they come again\.$/);
    expect(await bot.store.targets.get(dm)).toMatchObject({ state: 'active', pausedReason: null });
  });

  it('is no way around removing', async () => {
    const { custom_id: customId } = await openForm();
    await bot.ask('Mika', 'alert remove', { id: first });
    const [reply] = await bot.send('Mika', customId, { query: 'cache' });
    expect(reply?.content).toMatch(/^It is gone/);
    expect(await bot.store.subscriptions.get(first)).toBeNull();
  });

  it('suggests a person’s own alerts', async () => {
    const choices = await bot.complete('Mika', 'alert edit', { id: 'ra' }, 'id');
    expect(choices).toEqual([{ name: 'raft', value: 'other' }]);
    expect(await bot.complete('Ada', 'alert edit', { id: '' }, 'id')).toEqual([]);
  });
});
