import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxInterestsLength, maxQueryLength } from '../../src/commands/limits.ts';
import { subscriptionListPage } from '../../src/commands/subscription-list.ts';
import { lengthOf } from '../../src/discord/shorten.ts';
import type { StoredSubscription } from '../../src/domain/subscription.ts';
import type { Target } from '../../src/domain/target.ts';
import { startBot } from './start-bot.ts';
import type { Bot } from './start-bot.ts';

/** A subscription with every text as long as commands and files let it be. */
function longest(id: string, target: string): StoredSubscription {
  return {
    id,
    query: `"${'q'.repeat(maxQueryLength - 2)}"`,
    categories: Array.from({ length: 7 }, () => 'physics.atm-clus'),
    interests: '🌱'.repeat(maxInterestsLength),
    authors: Array.from({ length: 40 }, (_, index) => `Author Number ${index}`),
    kinds: ['new', 'cross'],
    minScore: 0,
    maxPapers: 100,
    perDay: null,
    target,
    style: 'digest',
    hour: null,
    quiet: null,
    zone: 'UTC',
    createdBy: null,
    createdAt: 0,
  };
}

function paused(id: string, reason: string): Target {
  return { id, kind: 'channel', guildId: '1', userId: null, state: 'paused', pausedReason: reason };
}

const reason = 'I may not post in this channel. Please give me “Send Messages” there; if I have that, “Embed Links”.';

function pageOf(subscriptions: readonly StoredSubscription[], targets: ReadonlyMap<string, Target>, page: number) {
  const list = subscriptionListPage({ title: 'A title', subscriptions, targets, page, of: 'server' });
  const [embed] = list.embeds ?? [];
  const footer = embed?.footer?.text ?? 'Page 1 of 1';
  return {
    text: embed?.description ?? '',
    footer,
    rows: list.components ?? [],
    pages: Number(/of (\d+)/.exec(footer)?.[1]),
  };
}

/** The descriptions of all pages, and the ids on them in order. */
function allPages(subscriptions: readonly StoredSubscription[], targets: ReadonlyMap<string, Target> = new Map()) {
  const { pages } = pageOf(subscriptions, targets, 1);
  const texts = Array.from({ length: pages }, (_, index) => pageOf(subscriptions, targets, index + 1).text);
  return { texts, ids: texts.flatMap((text) => [...text.matchAll(/\(`([^`]+)`\)$/gm)].map(([, id]) => id)) };
}

describe('subscriptionListPage', () => {
  it('keeps every page of the longest subscriptions, each in a paused channel of its own, inside an embed', () => {
    const subscriptions = Array.from({ length: 50 }, (_, index) => longest(`id${index}`, `10000000000000000${index}`));
    const targets = new Map(subscriptions.map(({ target }) => [target, paused(target, reason)]));
    const { texts, ids } = allPages(subscriptions, targets);
    expect(Math.max(...texts.map(lengthOf))).toBeLessThanOrEqual(4_000);
    expect(ids).toEqual(subscriptions.map(({ id }) => id));
  });

  it('fits one subscription on a page whatever a file says of it', () => {
    const monster = { ...longest('i'.repeat(9_000), '1'), categories: ['c'.repeat(9_000)] };
    const { texts } = allPages([monster, longest('b', '1')], new Map([['1', paused('1', 'r'.repeat(9_000))]]));
    expect(Math.max(...texts.map(lengthOf))).toBeLessThanOrEqual(4_000);
    expect(texts.join('')).toContain('(`b`)');
  });

  it('puts ten short ones on a page, and names the place anew on the next', () => {
    const short = { ...longest('', '7'), query: 'gpu', categories: [], interests: '', authors: [] };
    const subscriptions = Array.from({ length: 12 }, (_, index) => ({ ...short, id: `s${index}` }));
    const { texts } = allPages(subscriptions);
    expect(texts.map((text) => text.split('\n').length)).toEqual([11, 3]);
    expect(texts.every((text) => text.startsWith('**<#7>**\n'))).toBe(true);
    expect(pageOf(subscriptions, new Map(), 1)).toMatchObject({
      footer: 'Page 1 of 2',
      rows: [{ components: [{ label: 'Previous', disabled: true }, { custom_id: 'v1:list:server:2' }] }],
    });
    expect(pageOf(subscriptions, new Map(), 99)).toMatchObject({
      footer: 'Page 2 of 2',
      rows: [{ components: [{ custom_id: 'v1:list:server:1' }, { label: 'Next', disabled: true }] }],
    });
    expect(pageOf(subscriptions, new Map(), 0).footer).toBe('Page 1 of 2');
    expect(pageOf(subscriptions.slice(0, 10), new Map(), 1).rows).toEqual([]);
  });

  it('shows each subscription once, however long they are', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lengths, (sizes) => {
        const subscriptions = sizes.map((size, index) => ({
          ...longest(`id${index}`, String(index % 3)),
          query: 'q'.repeat(size),
        }));
        const { texts, ids } = allPages(subscriptions);
        expect(ids).toEqual(subscriptions.map(({ id }) => id));
        expect(Math.max(...texts.map(lengthOf))).toBeLessThanOrEqual(4_000);
      }),
    );
  });
});

describe('lists of long subscriptions', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot(null);
    const target = bot.channel('llm-serving');
    for (let index = 0; index < 10; index++) {
      await bot.store.subscriptions.save(longest(`long${index}`, target), {
        ...paused(target, reason),
        guildId: bot.ready.guild,
        state: 'active',
        pausedReason: null,
      });
    }
    await bot.store.targets.pause(target, reason, 0);
  });
  afterAll(() => bot.close());

  it('are taken by Discord, page after page', async () => {
    const ids: string[] = [];
    for (const page of [1, 2, 3]) {
      const [reply] = await bot.ask('Ada', 'subscriptions list', { page });
      expect(reply?.content).toBe('');
      const text = reply?.embeds[0]?.description ?? '';
      expect(text).toContain(reason);
      ids.push(...[...text.matchAll(/`(long\d)`/g)].map(([, id]) => id ?? ''));
    }
    expect(new Set(ids).size).toBe(10);
  });

  it('turn their pages in place', async () => {
    const [first] = await bot.ask('Mika', 'subscriptions list', { of: 'channel' });
    const [, next] = first?.components[0]?.components ?? [];
    const [second] = await bot.press('Mika', first?.id ?? '', next?.custom_id ?? '');
    expect(second).toMatchObject({
      id: first?.id,
      embeds: [{ footer: { text: expect.stringMatching(/^Page 2 of/) } }],
    });
    const [previous] = second?.components[0]?.components ?? [];
    const [back] = await bot.press('Mika', first?.id ?? '', previous?.custom_id ?? '');
    expect(back?.embeds).toEqual(first?.embeds);
  });

  it('are suggested by names that Discord takes and people can tell apart', async () => {
    await bot.store.subscriptions.save(
      { ...longest('i'.repeat(101), bot.channel('general')), query: '', interests: ' \n ' },
      {
        id: bot.channel('general'),
        kind: 'channel',
        guildId: bot.ready.guild,
        userId: null,
        state: 'active',
        pausedReason: null,
      },
    );
    const choices = await bot.complete('Ada', 'subscriptions delete', { id: '' }, 'id');
    expect(choices).toHaveLength(10);
    expect(new Set(choices.map(({ name }) => name)).size).toBe(10);
  });
});
