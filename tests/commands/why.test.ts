import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

const listedAtMs = Date.UTC(2025, 4, 23, 0, 5);

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
  const { deliveries, leases } = bot.store;
  await bot.ask('Ada', 'subscribe', { query: 'serving', categories: 'cs.DC' }, 'llm-serving');
  await bot.ask('Ada', 'subscribe', { query: 'federated privacy' }, 'federated-learning');
  await bot.ask('Ada', 'subscribe', { query: 'clients -train' }, 'federated-learning');
  await bot.ask('Mika', 'alert add', { query: 'gpu' });
  const [serving] = await subscriptionsOf('llm-serving');
  await leases.take('worker', null, 'w');
  await deliveries.commit({
    archive: 'cs.DC',
    date: '2025-05-23',
    papers: smallListing.entries.map(({ id }) => id),
    deliveries: [
      {
        dedupeKey: 'serving',
        target: bot.channel('llm-serving'),
        style: 'cards',
        date: '2025-05-23',
        due: listedAtMs,
        papers: [
          {
            paper: '2505.10001',
            occasion: 'first',
            kind: 'new',
            score: 0.4,
            percentile: null,
            categories: [],
            subscriptions: [serving?.id ?? ''],
            evidence: [],
          },
        ],
      },
    ],
    nowMs: listedAtMs,
  });
});
afterAll(() => bot.close());

const isPrivate = (message: ShownMessage | undefined) => ((message?.flags ?? 0) & 64) !== 0;
const subscriptionsOf = (channel: string) => bot.store.subscriptions.list({ target: bot.channel(channel) });
const fieldOf = (message: ShownMessage | undefined, name: string) =>
  message?.embeds[0]?.fields?.find((field) => field.name === name)?.value;

async function askPrivately(who: string, options: object): Promise<ShownMessage[]> {
  const body = { user: bot.user(who), channel: '@me', command: 'why', options };
  return (await bot.control<{ replies: ShownMessage[] }>('/interactions', body)).replies;
}

describe('/why', () => {
  it('says that a paper waits, then that it was posted, and by what it matched', async () => {
    const [waiting] = await bot.ask('Mika', 'why', { paper: 'https://arxiv.org/abs/2505.10001v2' });
    expect(isPrivate(waiting)).toBe(true);
    expect(waiting?.embeds[0]?.description).toContain(`**Waiting**: it is due here <t:${listedAtMs / 1_000}:f>`);

    await bot.store.targets.pause(bot.channel('llm-serving'), 'I lack “Send Messages” there.', listedAtMs);
    const [paused] = await bot.ask('Mika', 'why', { paper: '2505.10001' });
    expect(paused?.embeds[0]?.description).toContain('posts here are paused. I lack “Send Messages” there.');
    await bot.store.targets.resume(bot.channel('llm-serving'));

    const [claimed] = await bot.store.deliveries.claim({ sender: 'w', nowMs: listedAtMs, limit: 1 });
    await bot.store.deliveries.settle('w', claimed?.id ?? '', { kind: 'sent', messageId: '42' }, listedAtMs);
    const [posted] = await bot.ask('Mika', 'why', { paper: '2505.10001' });
    expect(posted?.embeds[0]?.title).toBe('Faster LLM serving in O(nΔ³) steps');
    expect(posted?.embeds[0]?.description).toContain(`/42)** here <t:${listedAtMs / 1_000}:f>.`);
    expect(fieldOf(posted, 'Query')).toBe('- ✅ `serving` in the title and abstract');
    expect(fieldOf(posted, 'Categories, one is enough')).toBe('✅ cs.DC: new');
    expect(fieldOf(posted, 'Relevance')).toContain('Number 1 of 1 that matched on Fri 23 May 2025; at most 25 a day.');
  });

  it('says of each subscription of a channel why it did not bring a paper', async () => {
    const [reply] = await bot.ask('Ada', 'why', { paper: '2505.10003' }, 'federated-learning');
    const text = reply?.embeds[0]?.description;
    expect(text).toContain(
      '**Not posted**: the query wants `federated` AND `privacy`; `privacy` is in neither title nor abstract.',
    );
    expect(text).toContain('the query wants `clients`; `-train` excludes it: `train` is in the abstract.');
  });

  it('draws the query of one subscription', async () => {
    const [, clients] = await subscriptionsOf('federated-learning');
    const [reply] = await bot.ask('Mika', 'why', { paper: '2505.10003', subscription: clients?.id });
    expect(fieldOf(reply, 'Query')).toBe(
      ['- ❌ all of', '  - ✅ `clients` in the abstract', '  - ❌ without `train` in the abstract'].join('\n'),
    );
    expect(reply?.embeds[0]?.description).toContain(`Subscription of <#${bot.channel('federated-learning')}>`);
  });

  it('speaks of the asker’s alerts in direct messages, and of nobody else’s', async () => {
    const [reply] = await askPrivately('Mika', { paper: '2505.10002' });
    expect(reply?.embeds[0]?.description).toContain('Your alert');
    const [alert] = await bot.store.subscriptions.list({ createdBy: bot.user('Mika') });
    const [none] = await bot.ask('Ada', 'why', { paper: '2505.10002', subscription: alert?.id });
    expect(none?.content).toContain('I know no subscription of that id that you can see.');
    expect(await bot.complete('Mika', 'why', { paper: 'x', subscription: 'gp' }, 'subscription')).toEqual([
      { name: 'my alerts: gpu', value: alert?.id },
    ]);
    expect(await bot.complete('Ada', 'why', { paper: 'x', subscription: 'gp' }, 'subscription')).toEqual([]);
  });

  it('says that it never read a paper, that nothing is posted here, or that this is no paper', async () => {
    const [unread] = await bot.ask('Ada', 'why', { paper: '2401.00001' });
    expect(unread?.content).toContain('I have never read arXiv:2401.00001');
    const [empty] = await bot.ask('Ada', 'why', { paper: '2505.10001' }, 'general');
    expect(empty?.content).toContain('it has no subscriptions');
    const [nonsense] = await bot.ask('Ada', 'why', { paper: 'gossip' });
    expect(nonsense?.content).toContain('That is no arXiv identifier.');
  });
});

describe('/preview', () => {
  it('says what a query would have brought and how much of it comes already, and subscribes to nothing', async () => {
    const before = await subscriptionsOf('llm-serving');
    const [reply] = await bot.ask('Mika', 'preview', { query: 'serving OR inference', max: 9 });
    expect(isPrivate(reply)).toBe(true);
    expect(reply?.content).toContain('This would be `serving OR inference`. Nothing was subscribed;');
    expect(reply?.embeds[0]?.title).toBe('The listing of Fri 23 May 2025 would have brought 2 papers');
    expect(reply?.embeds[0]?.description).toContain(
      `50 % of it already arrives here by \`serving\` in cs.DC (\`${before[0]?.id}\`).`,
    );
    expect(await subscriptionsOf('llm-serving')).toEqual(before);
  });

  it('says why it cannot read a query', async () => {
    const [reply] = await bot.ask('Mika', 'preview', { query: '"serving' });
    expect(reply?.content).toContain('I cannot read that query, column 1');
  });
});

describe('/subscriptions show', () => {
  it('tells all about one, and lets who manages the channel make it forget what it learned', async () => {
    const [serving] = await subscriptionsOf('llm-serving');
    const id = serving?.id ?? '';
    const [fresh] = await bot.ask('Ada', 'subscriptions show', { id });
    expect(isPrivate(fresh)).toBe(true);
    expect(fieldOf(fresh, 'What it selects')).toBe('`serving` in cs.DC. Read as: serving (serv…).');
    expect(fieldOf(fresh, 'Lately')).toBe(
      'It brought 1 paper in the last 30 days, the last of them announced on Fri 23 May 2025.',
    );
    expect(fieldOf(fresh, 'What it learned')).toContain('Nothing yet');
    expect(fresh?.components).toEqual([]);

    const mark = { userId: bot.user('Mika'), kind: 'up', subscriptions: [id], nowMs: listedAtMs } as const;
    await bot.store.marks.toggle({ ...mark, paper: '2505.10001' });
    const [learned] = await bot.ask('Ada', 'subscriptions show', { id });
    expect(fieldOf(learned, 'What it learned')).toContain('1 👍');
    const [theirs] = await bot.ask('Mika', 'subscriptions show', { id });
    expect(theirs?.components).toEqual([]);

    const button = learned?.components[0]?.components[0];
    expect(button?.label).toBe('Forget what it learned');
    const [question] = await bot.press('Ada', learned?.id ?? '', button?.custom_id ?? '');
    expect(question?.content).toContain('forget what everybody marked, 1 👍?');
    const sure = question?.components[0]?.components[0]?.custom_id ?? '';
    const [done] = await bot.press('Ada', question?.id ?? '', sure);
    expect(done?.content).toContain('Forgotten:');
    expect(await bot.store.marks.of([id])).toEqual(new Map());
    const [again] = await bot.press('Ada', learned?.id ?? '', button?.custom_id ?? '');
    expect(again?.content).toBe('There is nothing to forget: no mark counts for it.');
  });

  it('shows nobody another one’s alert', async () => {
    const [alert] = await bot.store.subscriptions.list({ createdBy: bot.user('Mika') });
    const id = alert?.id ?? '';
    const [mine] = await bot.ask('Mika', 'alert show', { id });
    expect(mine?.embeds[0]?.title).toBe(`Your alert ${id}`);
    const [theirs] = await bot.ask('Ada', 'alert show', { id });
    expect(theirs?.content).toContain('You have no alert of that id.');
    const [server] = await bot.ask('Ada', 'subscriptions show', { id });
    expect(server?.content).toContain('This server has no subscription of that id.');
  });
});
