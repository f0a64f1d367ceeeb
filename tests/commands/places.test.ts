import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
});
afterAll(() => bot.close());

async function change(method: 'PATCH' | 'DELETE', path: string, body?: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
  const response = await fetch(`${bot.ready.control}${path}`, init);
  if (!response.ok) throw new Error(`control${path} answered ${response.status}: ${await response.text()}`);
}

describe('/subscribe in channels of several kinds', () => {
  it.each([
    ['llm-serving', 'channel'],
    ['announcements', 'announcement'],
    ['paper-talk', 'forum'],
  ])('knows that #%s is of the kind %s', async (name, kind) => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'raft', channel: bot.channel(name) });
    expect(reply?.content).toMatch(/^Subscribed/);
    expect(await bot.store.targets.get(bot.channel(name))).toMatchObject({ kind });
  });

  it('asks for the permission as a forum calls it', async () => {
    const overwrites = [{ id: 'Paperboy', deny: ['SendMessages'] }];
    await change('PATCH', `/channels/${bot.channel('paper-talk')}`, { overwrites });
    const asked = { query: 'paxos', channel: bot.channel('paper-talk') };
    const [reply] = await bot.ask('Ada', 'subscribe', asked);
    expect(reply?.content).toContain('I lack “Create Posts” there');
    await change('PATCH', `/channels/${bot.channel('paper-talk')}`, { overwrites: [] });
  });

  it('lets a paused channel go on when the same is subscribed to again', async () => {
    await bot.store.targets.pause(bot.channel('llm-serving'), 'I may not post in this channel.', 0);
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'raft' }, 'llm-serving');
    expect(reply?.content).toMatch(/already .* Nothing was changed; .* was paused; I post there again\.$/);
    expect(await bot.store.targets.get(bot.channel('llm-serving'))).toMatchObject({ state: 'active' });
    await bot.ask('Ada', 'search', { query: 'nothing of this' });
  });
});

describe('what waits to be told', () => {
  it('comes once, after the answer to whatever is asked next, to whoever subscribed', async () => {
    const id = bot.channel('announcements');
    await bot.store.targets.pause(id, 'I cannot see this channel. Please give me “View Channel” there.', 0);
    expect(await bot.store.notices.untold(bot.user('Mika'))).toEqual([]);
    const waiting = await bot.store.notices.untold(bot.user('Ada'));
    expect(waiting).toMatchObject([{ text: expect.stringContaining('were paused') }]);
    const [answer] = await bot.ask('Ada', 'help');
    expect(answer?.embeds[0]?.title).toBe('Paperboy');
    await vi.waitUntil(async () => (await bot.store.notices.untold(bot.user('Ada'))).length === 0, { timeout: 10_000 });
    const log = await (await fetch(`${bot.ready.control}/log`)).text();
    expect(log).toContain(
      `**Thu 1 Jan 1970** Posts to <#${id}> were paused: I cannot see this channel. Please give me “View Channel” there. Once that is mended they go on by themselves.`,
    );
  });
});

describe('a channel that is deleted', () => {
  it('ends its subscriptions at once, and whoever made them is told its name', async () => {
    const id = bot.channel('paper-talk');
    await change('DELETE', `/channels/${id}`);
    await vi.waitUntil(async () => (await bot.store.subscriptions.list({ target: id })).length === 0, {
      timeout: 10_000,
    });
    expect(await bot.store.notices.untold(bot.user('Ada'))).toMatchObject([
      { text: `The subscriptions of a channel (id ${id}) have ended: #paper-talk was deleted.` },
    ]);
  });
});
