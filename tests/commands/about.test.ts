import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
});
afterAll(() => bot.close());

const newest = async (channel: string) =>
  (await bot.store.subscriptions.list({ target: bot.channel(channel) })).at(-1) ?? { id: '' };

describe('the option about', () => {
  it('asks for about so many papers a day, and says so wherever the subscription is shown', async () => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'raft', about: 5 }, 'general');
    expect(await newest('general')).toMatchObject({ perDay: 5, maxPapers: 25 });
    expect(reply?.content).toContain('one message each, about 5 a day, at most 25.');
    const [list] = await bot.ask('Ada', 'subscriptions list', { of: 'channel' }, 'general');
    expect(list?.embeds[0]?.description).toContain('- `raft`, cards, about 5 a day, at most 25 (');
  });

  it('is taken by alerts too', async () => {
    await bot.ask('Mika', 'alert add', { query: 'paxos', about: 2 });
    const [alert] = await bot.store.subscriptions.list({ createdBy: bot.user('Mika') });
    expect(alert).toMatchObject({ perDay: 2 });
    const [reply] = await bot.ask('Mika', 'alert edit', { id: alert?.id, about: 3 });
    expect(reply?.content).toContain('about 3 a day, at most 25. That holds from the next listing on.');
  });

  it('changes a subscription, and 0 ends it; the form leaves it as it is', async () => {
    const { id } = await newest('general');
    const [changed] = await bot.ask('Ada', 'subscriptions edit', { id, about: 7, hour: 9 }, 'general');
    expect(changed?.content).toContain('about 7 a day, at most 25. That holds from the next listing on.');
    expect(await newest('general')).toMatchObject({ perDay: 7, hour: 9 });

    const form = await bot.form('Ada', {
      channel: bot.channel('general'),
      command: 'subscriptions edit',
      options: { id },
    });
    await bot.send('Ada', form.custom_id, { query: 'raft OR zab' });
    expect(await newest('general')).toMatchObject({ query: 'raft OR zab', perDay: 7 });

    await bot.ask('Ada', 'subscriptions edit', { id, about: 0 }, 'general');
    expect(await newest('general')).toMatchObject({ perDay: null });
  });

  it('refuses more than the most, and changes nothing', async () => {
    const { id } = await newest('general');
    const [reply] = await bot.ask('Ada', 'subscriptions edit', { id, about: 26 }, 'general');
    expect(reply?.content).toMatch(/^About 26 papers a day cannot come where 25 are the most.* Nothing was changed\.$/);
    const [refused] = await bot.ask('Ada', 'subscribe', { query: 'zab', about: 6, max: 5 }, 'general');
    expect(refused?.content).toMatch(/^About 6 papers a day cannot come where 5 are the most/);
    expect(await newest('general')).toMatchObject({ id, perDay: null });
  });
});
