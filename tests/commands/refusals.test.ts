import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot } from './start-bot.ts';

type Logged = { readonly method: string; readonly route: string | null; readonly body: unknown };

let bot: Bot;
let empty: Bot;
beforeAll(async () => {
  [bot, empty] = await Promise.all([startBot(smallListing), startBot(null)]);
  await control('POST', '/roles', { name: 'keeper', permissions: ['ManageChannels'] });
  await control('PUT', '/members/Mika', { roles: ['keeper'] });
  for (const name of ['general', 'workflows']) {
    const target = aTarget({ id: bot.channel(name), guildId: bot.ready.guild });
    await bot.store.subscriptions.save(aSubscription({ id: name, query: 'raft', target: target.id }), target);
  }
  await overwrite('general', { id: 'Mika', deny: ['ManageChannels'] });
  await overwrite('federated-learning', { id: 'Paperboy', deny: ['SendMessages'] });
});
afterAll(() => Promise.all([bot.close(), empty.close()]));

async function control(method: string, path: string, body: object): Promise<void> {
  await send(method, `/guilds/${bot.ready.guild}${path}`, body);
}

const overwrite = (channel: string, one: object) => send('PATCH', `/channels/${channel}`, { overwrites: [one] });

async function send(method: string, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(bot.ready.control + path, { method, headers, body: JSON.stringify(body) });
  expect(response.ok, `${method} ${path}`).toBe(true);
}

async function log(of: Bot): Promise<Logged[]> {
  const response = await fetch(`${of.ready.control}/log`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape is the sandbox's contract
  return (await response.json()) as Logged[];
}

/** Whatever the bot said to Discord of an interaction, by its type and its flags. */
async function saidOf(of: Bot, run: () => Promise<unknown>): Promise<readonly (readonly [string, unknown])[]> {
  const before = (await log(of)).length;
  await run();
  return (await log(of)).slice(before).map(({ route, body }) => [route ?? '', body] as const);
}

const callback = 'POST /interactions/:id/:token/callback';
/** One message, for the asker alone, and nothing taken back. */
const refusal = [[callback, expect.objectContaining({ type: 4, data: expect.objectContaining({ flags: 64 }) })]];

describe('a refusal', () => {
  it.each([
    ['a query that cannot be read', 'search', { query: 'gpu (cache' }],
    ['a search that finds nothing', 'search', { query: 'unicorns' }],
    ['text that is no identifier', 'paper', { id: 'the one with the cache' }],
    ['a paper never met', 'paper', { id: '2401.00001' }],
    ['a query that cannot be read', 'subscribe', { query: 'a OR' }],
    ['an unknown category', 'subscribe', { query: 'gpu', categories: 'cooking' }],
    ['a subscription of an unknown id', 'subscriptions delete', { id: 'nowhere' }],
    ['a subscription of an unknown id', 'subscriptions edit', { id: 'nowhere' }],
    ['a subscription of a channel that the asker may not manage', 'subscriptions delete', { id: 'general' }],
    ['a subscription of a channel that the asker may not manage', 'subscriptions edit', { id: 'general' }],
    ['an alert of an unknown id', 'alert edit', { id: 'nowhere' }],
  ])('of %s is the first thing that /%2$s says, to the asker alone', async (_what, command, options) => {
    expect(await saidOf(bot, () => bot.ask('Mika', command, options))).toEqual(refusal);
  });

  it('of a channel that the bot may not post to, or that has the subscription, is so too', async () => {
    const channel = bot.channel('federated-learning');
    expect(await saidOf(bot, () => bot.ask('Ada', 'subscribe', { query: 'gpu', channel }))).toEqual(refusal);
    expect(await saidOf(bot, () => bot.ask('Ada', 'subscribe', { query: 'raft' }, 'workflows'))).toEqual(refusal);
  });

  it('before the first listing says that there is nothing to search', async () => {
    expect(await saidOf(empty, () => empty.ask('Mika', 'search', { query: 'gpu' }))).toEqual(refusal);
    const [reply] = await empty.ask('Mika', 'search', { query: 'gpu' });
    expect(reply?.embeds[0]?.description).toMatch(/^No listing yet/);
  });

  it.each([
    ['alert remove', { id: 'nowhere' }],
    ['alert add', { query: 'a OR' }],
  ])('of /%s never takes anything back', async (command, options) => {
    const said = await saidOf(bot, () => bot.ask('Mika', command, options));
    const [[route, body] = []] = said;
    expect([route, body]).toEqual([
      callback,
      expect.objectContaining({ data: expect.objectContaining({ flags: 64 }) }),
    ]);
    expect(said.map(([of]) => of.split(' ')[0])).not.toContain('DELETE');
  });
});

describe('what is no refusal', () => {
  it('is announced to all, where all may see it, before what takes long', async () => {
    const said = await saidOf(bot, () => bot.ask('Ada', 'subscriptions delete', { id: 'workflows' }, 'workflows'));
    expect(said[0]).toEqual([callback, expect.objectContaining({ type: 5 })]);
    expect(said[0]?.[1]).not.toMatchObject({ data: { flags: 64 } });
  });
});
