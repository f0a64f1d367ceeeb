import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
});
afterAll(() => bot.close());

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const newest = async (channel: string) =>
  (await bot.store.subscriptions.list({ target: bot.channel(channel) })).at(-1) ?? { id: '' };

describe('/subscribe at an hour', () => {
  it('saves the hour, the zone and the quiet hours, and says them', async () => {
    const options = { query: 'raft', hour: 9, zone: 'Europe/Berlin', quiet: '22-7' };
    const [reply] = await bot.ask('Ada', 'subscribe', options, 'general');
    expect(await newest('general')).toMatchObject({
      hour: 9,
      zone: 'Europe/Berlin',
      quiet: { from: 22, until: 7 },
    });
    expect(reply?.content).toContain('New papers come at 9:00, never from 22:00 to 7:00 (Europe/Berlin), one message');
    const [list] = await bot.ask('Ada', 'subscriptions list', { of: 'channel' }, 'general');
    expect(list?.embeds[0]?.description).toContain(
      '- `raft`, cards at 9:00, never from 22:00 to 7:00 (Europe/Berlin), at most 25 a day',
    );
  });

  it('takes as soon as possible in words, and an hour in the default zone', async () => {
    await bot.ask('Ada', 'subscribe', { query: 'paxos', hour: -1 }, 'workflows');
    expect(await newest('workflows')).toMatchObject({ hour: null, quiet: null, zone: 'UTC' });
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'leases', hour: 0 }, 'workflows');
    expect(await newest('workflows')).toMatchObject({ hour: 0, zone: 'UTC' });
    expect(reply?.content).toContain('New papers come at 0:00 (UTC), one message each');
  });

  it.each([
    [{ hour: 23, quiet: '22-7' }, /^Nothing could come at 23:00: it is quiet from 22:00 to 7:00/],
    [{ zone: 'Mars' }, /^I do not know that time zone/],
    [{ quiet: 'at night' }, /^`quiet` takes two full hours/],
  ])('refuses %o with a sentence, and saves nothing', async (options, sentence) => {
    const [reply] = await bot.ask('Ada', 'subscribe', { query: 'unsaved', ...options }, 'distributed-systems');
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toMatch(sentence);
    expect(await bot.store.subscriptions.list({ target: bot.channel('distributed-systems') })).toEqual([]);
  });

  it('suggests time zones while one is typed', async () => {
    const choices = await bot.complete('Ada', 'subscribe', { query: 'raft', zone: 'berl' }, 'zone');
    expect(choices).toEqual([{ name: 'Europe/Berlin (now 02:00)', value: 'Europe/Berlin' }]);
    for (const [command, options] of [
      ['alert add', { query: 'raft' }],
      ['alert edit', { id: 'x' }],
      ['subscriptions edit', { id: 'x' }],
    ] as const) {
      expect(await bot.complete('Ada', command, { ...options, zone: 'tokyo' }, 'zone')).toMatchObject([
        { value: 'Asia/Tokyo' },
      ]);
    }
  });
});

describe('/subscriptions edit by options', () => {
  it('changes when papers come without a form, and nothing else', async () => {
    await bot.ask('Ada', 'subscribe', { query: 'cache', style: 'digest', max: 7 }, 'federated-learning');
    const before = await newest('federated-learning');
    const ask = (options: object) => bot.ask('Ada', 'subscriptions edit', { id: before.id, ...options });
    const [reply] = await ask({ hour: 8, zone: 'Asia/Tokyo' });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toBe(
      `Changed: <#${bot.channel('federated-learning')}> is subscribed to \`cache\`. New papers come at 8:00 (Asia/Tokyo), ten to a message, at most 7 a day. That holds from the next listing on.`,
    );
    expect(await newest('federated-learning')).toEqual({ ...before, hour: 8, zone: 'Asia/Tokyo' });

    const [quiet] = await ask({ quiet: '20-7' });
    expect(quiet?.content).toMatch(/never from 20:00 to 7:00 \(Asia\/Tokyo\), ten to a message, at most 7 a day\.$/);
    const [refused] = await ask({ hour: 21 });
    expect(refused?.content).toMatch(/^Nothing could come at 21:00: .* Nothing was changed\.$/);
    await ask({ hour: -1, quiet: 'none' });
    expect(await newest('federated-learning')).toEqual({ ...before, zone: 'Asia/Tokyo' });
  });

  it('lets a paused channel go on', async () => {
    const { id } = await newest('federated-learning');
    await bot.store.targets.pause(bot.channel('federated-learning'), 'I cannot see this channel.', 0);
    const [reply] = await bot.ask('Ada', 'subscriptions edit', { id, hour: 5 });
    expect(reply?.content).toMatch(/ was paused; I post there again\.$/);
    expect(await bot.store.targets.get(bot.channel('federated-learning'))).toMatchObject({ state: 'active' });
  });

  it('knows none that is not of this server', async () => {
    const [reply] = await bot.ask('Ada', 'subscriptions edit', { id: 'nowhere', hour: 5 });
    expect(reply?.content).toContain('no subscription of that id');
  });

  it('keeps the hours when the form is used', async () => {
    const { id } = await newest('federated-learning');
    const form = await bot.form('Ada', {
      channel: bot.channel('general'),
      command: 'subscriptions edit',
      options: { id },
    });
    const [reply] = await bot.send('Ada', form.custom_id, { query: 'caches' });
    expect(reply?.content).toContain('New papers come at 5:00 (Asia/Tokyo)');
    expect(await newest('federated-learning')).toMatchObject({ query: 'caches', hour: 5, zone: 'Asia/Tokyo' });
  });
});

describe('/alert at an hour', () => {
  it('confirms it where its papers will come, and lists and changes it', async () => {
    await bot.ask('Mika', 'alert add', { query: 'gpu', hour: 7, zone: 'Europe/London', quiet: '23-6' });
    const [alert] = await bot.store.subscriptions.list({ createdBy: bot.user('Mika') });
    expect(alert).toMatchObject({ hour: 7, zone: 'Europe/London', quiet: { from: 23, until: 6 } });
    const messages = await bot.rest.get(`/channels/${alert?.target}/messages`);
    expect(messages).toMatchObject([
      {
        content: expect.stringContaining(
          'New papers come here at 7:00, never from 23:00 to 6:00 (Europe/London), ten to a message, at most 25 a day.',
        ),
      },
    ]);
    const [list] = await bot.ask('Mika', 'alert list');
    expect(list?.embeds[0]?.description).toContain('digest at 7:00, never from 23:00 to 6:00 (Europe/London)');
    const [changed] = await bot.ask('Mika', 'alert edit', { id: alert?.id, hour: -1, quiet: 'none' });
    expect(changed?.content).toContain('New papers come as soon as arXiv announces them, ten to a message');
    const [theirs] = await bot.ask('Ada', 'alert edit', { id: alert?.id, hour: 9 });
    expect(theirs?.content).toContain('You have no alert of that id');
  });
});

describe('/help', () => {
  it('says when papers come, and what happens where they cannot', async () => {
    const [reply] = await bot.ask('Mika', 'help');
    const field = reply?.embeds[0]?.fields?.find(({ name }) => name === 'When papers come, and how many');
    expect(field?.value).toMatch(/`hour`.*`zone`[^]*`quiet:22-7`[^]*go on/);
  });
});
