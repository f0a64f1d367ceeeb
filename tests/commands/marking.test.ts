import { Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionButton, buttonRow } from '../../src/discord/buttons.ts';
import { renderDelivery } from '../../src/discord/render-delivery.ts';
import type { Style } from '../../src/domain/subscription.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { delivered, outbox, planned } from '../store/store-builders.ts';
import { smallListing } from './small-listing.ts';
import { startBot } from './start-bot.ts';
import type { Bot, ShownMessage } from './start-bot.ts';

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(smallListing);
  await bot.store.leases.take('worker', null, 's1');
});
afterAll(() => bot.close());

const marked = async (id: string) =>
  ((await bot.store.marks.of([id])).get(id) ?? []).map(({ paper, kind }) => `${kind} ${paper.id}`);
const customIds = (message: ShownMessage | undefined) =>
  (message?.components ?? []).flatMap((row) => row.components.map((button) => button.custom_id ?? ''));

/** Delivers a paper for subscriptions, and posts it as the sender does. Returns the message's id. */
async function post(paper: string, channel: string, subscriptions: readonly string[], style: Style = 'cards') {
  const target = bot.channel(channel);
  for (const id of subscriptions) {
    const wish = aSubscription({ id, query: `query-${id}`, target, perDay: 3 });
    await bot.store.subscriptions.save(wish, aTarget({ id: target }));
  }
  const plan = planned(target, [paper], { style, due: 0, papers: [delivered(paper, { subscriptions })] });
  await bot.store.deliveries.commit(outbox([plan]));
  const [claimed] = await bot.store.deliveries.claim({ sender: 's1', nowMs: 1, limit: 1 });
  const shown = (await bot.store.papers.byIds([paper])).map((known) => ({
    paper: known,
    kind: 'new' as const,
    evidence: [],
  }));
  const body = renderDelivery({ style, date: '2025-05-23', papers: shown });
  const answer = await bot.rest.post(Routes.channelMessages(target), { body });
  const messageId = String(Object.entries(answer ?? {}).find(([key]) => key === 'id')?.[1]);
  await bot.store.deliveries.settle('s1', claimed?.id ?? '', { kind: 'sent', messageId }, 2);
  return messageId;
}

describe('👍 and 👎 under a post', () => {
  it('count for the subscriptions that brought the paper, until they are pressed again', async () => {
    const message = await post('2505.10001', 'llm-serving', ['a', 'b']);
    const [first] = await bot.press('Mika', message, 'v1:up:2505.10001');
    expect(first?.content).toMatch(
      /^👍 Noted: `query-a` and `query-b` will bring more papers like \*\*Faster LLM serving in O\(nΔ³\) steps\*\*\. In this channel/,
    );
    expect([await marked('a'), await marked('b')]).toEqual([['up 2505.10001'], ['up 2505.10001']]);

    const [other] = await bot.press('Ada', message, 'v1:down:2505.10001');
    expect(other?.content).toMatch(/^👎 Noted: `query-a` and `query-b` will bring fewer papers like/);
    expect(await marked('a')).toEqual([]);

    const [back] = await bot.press('Ada', message, 'v1:down:2505.10001');
    expect(back?.content).toMatch(/taken back\. `query-a` and `query-b` no longer learn from it\.$/);
    expect(await marked('a')).toEqual(['up 2505.10001']);
  });

  it('count from the abstract that a button of a digest opens', async () => {
    const message = await post('2505.10002', 'distributed-systems', ['c'], 'digest');
    const [abstract] = await bot.press('Mika', message, 'v1:more:2505.10002');
    const up = customIds(abstract).find((id) => id.startsWith('v1:up'));
    expect(up).toBe(`v1:up:2505.10002:${message}`);
    const [reply] = await bot.press('Mika', abstract?.id ?? '', up ?? '');
    expect(reply?.content).toMatch(/^👍 Noted: `query-c` will bring more papers like \*\*A cache/);
    expect(await marked('c')).toEqual(['up 2505.10002']);
  });

  it('count for no subscription under a search result, nor once it is gone', async () => {
    const [results] = await bot.ask('Mika', 'search', { query: 'cache' });
    const more = customIds(results).find((id) => id.startsWith('v1:more'));
    const [abstract] = await bot.press('Mika', results?.id ?? '', more ?? '');
    const up = customIds(abstract).find((id) => id.startsWith('v1:up'));
    const [found] = await bot.press('Mika', abstract?.id ?? '', up ?? '');
    expect(found?.content).toContain('No subscription learns from it');

    const message = await post('2505.10003', 'general', ['d']);
    await bot.store.subscriptions.delete('d');
    const [late] = await bot.press('Mika', message, 'v1:up:2505.10003');
    expect(late?.content).toContain('No subscription learns from it');
    expect(await marked('d')).toEqual([]);
  });

  it('count for nothing that was posted where the presser may not look', async () => {
    await bot.ask('Mika', 'alert add', { query: 'secret' });
    const [theirs] = await bot.store.subscriptions.list({ createdBy: bot.user('Mika') });
    const id = theirs?.id ?? '';
    const papers = [delivered('2505.10003', { subscriptions: [id] })];
    await bot.store.deliveries.commit(outbox([planned(theirs?.target ?? '', ['2505.10003'], { due: 0, papers })]));
    const [claimed] = await bot.store.deliveries.claim({ sender: 's1', nowMs: 1, limit: 1 });
    await bot.store.deliveries.settle('s1', claimed?.id ?? '', { kind: 'sent', messageId: '4242' }, 2);
    // Discord passes on only what stands under a message; Ada decides about all channels, but not about other people's alerts.
    const guessed = { action: 'up', paper: '2505.10003', post: '4242' } as const;
    const body = { content: 'Press me', components: [buttonRow([actionButton({ label: 'up' }, guessed)])] };
    const answer = await bot.rest.post(Routes.channelMessages(bot.channel('general')), { body });
    const messageId = String(Object.entries(answer ?? {}).find(([key]) => key === 'id')?.[1]);
    const [reply] = await bot.press('Ada', messageId, 'v1:up:2505.10003:4242');
    expect(reply?.content).toContain('No subscription learns from it');
    expect(await marked(id)).toEqual([]);
  });
});
