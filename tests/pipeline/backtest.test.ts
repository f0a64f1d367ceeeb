import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/domain/subscription.ts';
import { createLookBack } from '../../src/app/look-back.ts';
import { subscriptionSchema } from '../../src/domain/subscription.ts';
import { entry, listing, paper, temporaryStore } from '../store/store-builders.ts';

const wants = (given: Partial<Subscription> = {}): Subscription =>
  subscriptionSchema.parse({ id: 'wanted', query: 'gossip', ...given });

const gossip = (id: string, title = 'Gossip protocols', categories = ['cs.DC']) =>
  entry({ id, title, categories, primary: categories[0] ?? '' });
const bounds = { days: 30, papers: 1_000 };

/** Three days: two listings, and one that an import brought. */
async function archive() {
  const store = await temporaryStore('sqlite');
  await store.papers.backfill([
    {
      paper: paper({ id: '01', title: 'Gossip of old', categories: ['cs.NI'], primary: 'cs.NI' }),
      announced: '2025-05-21',
    },
  ]);
  await store.papers.saveListing(
    listing([gossip('11'), gossip('12', 'Gossip and consensus'), entry({ id: '13', title: 'Trees' })], {
      date: '2025-05-22',
    }),
  );
  await store.papers.saveListing(
    listing([gossip('21'), gossip('22'), gossip('23', 'Gossip learning', ['cs.LG', 'cs.DC'])], { date: '2025-05-23' }),
  );
  // What was new the day before is cross-listed now: the same paper comes once.
  await store.papers.saveListing(
    listing([{ ...gossip('11'), kind: 'cross' }], { archive: 'cs.NI', date: '2025-05-23' }),
  );
  return { store, ...createLookBack(store) };
}

describe('backtest', () => {
  it('counts what was announced, what matched and what would have been sent, day by day', async () => {
    const { preview } = await archive();
    const found = await preview(wants({ maxPapers: 2 }), [], bounds);
    expect(found.days).toEqual([
      { date: '2025-05-21', papers: 1, matched: 1, sent: 1 },
      { date: '2025-05-22', papers: 3, matched: 2, sent: 2 },
      { date: '2025-05-23', papers: 4, matched: 4, sent: 2 },
    ]);
    expect(found).toMatchObject({ isCut: false, papers: 8, matched: 7, sent: 5, leftOut: 1, median: 2 });
    expect(found.mean).toBeCloseTo(5 / 3);
  });

  it('sends a paper once, on the first of its days', async () => {
    const { preview } = await archive();
    const found = await preview(wants(), [], bounds);
    expect(found.days.map(({ sent }) => sent)).toEqual([1, 2, 3]);
    expect(found).toMatchObject({ matched: 7, sent: 6, leftOut: 0 });
    expect(found.best.find((hit) => hit.paper.id === '11')?.date).toBe('2025-05-22');
  });

  it('names the best first, and says which categories they are from', async () => {
    const { preview } = await archive();
    const { best, categories } = await preview(wants({ query: 'gossip', interests: 'consensus' }), [], bounds);
    expect(best[0]?.paper.id).toBe('12');
    expect(categories.map(({ category, papers }) => [category, papers])).toEqual([
      ['cs.DC', 4],
      ['cs.LG', 1],
      ['cs.NI', 1],
    ]);
  });

  it('tells how much of it another subscription brings, and all of them together', async () => {
    const { preview } = await archive();
    const others = [
      wants({ id: 'learning', query: 'learning' }),
      wants({ id: 'dc', query: '', categories: ['cs.DC'], kinds: ['new'] }),
      wants({ id: 'trees', query: 'trees' }),
    ];
    const found = await preview(wants(), others, bounds);
    expect(found.overlaps.map(({ subscription, papers }) => [subscription, papers])).toEqual([
      ['dc', 5],
      ['learning', 1],
    ]);
    expect(found.known).toBeCloseTo(5 / 6);
  });

  it('keeps to a budget of papers a day, from the first day on', async () => {
    const store = await temporaryStore('sqlite');
    const papers = Array.from({ length: 60 }, (_, index) => {
      const others = Array.from({ length: 1 + ((index * 7) % 60) }, (__, word) => `topic${word}`);
      const told = paper({ id: String(100 + index), title: 'Gossip', abstract: others.join(' ') });
      return { paper: told, announced: `2025-05-${10 + Math.floor(index / 5)}` };
    });
    await store.papers.backfill(papers);
    const { preview } = createLookBack(store);
    const found = await preview(wants({ perDay: 2 }), [], bounds);
    expect(found.matched).toBe(60);
    expect(found.days).toHaveLength(12);
    expect(found.mean).toBeLessThanOrEqual(2);
    expect(found.mean).toBeGreaterThan(1);
    expect(found.days[0]?.sent).toBeGreaterThan(0);
  });

  it('looks back no further than it is told, by whole days', async () => {
    const { preview } = await archive();
    const dates = ({ days }: Awaited<ReturnType<typeof preview>>) => days.map(({ date }) => date);
    expect(dates(await preview(wants(), [], { days: 2, papers: 1_000 }))).toEqual(['2025-05-22', '2025-05-23']);
    const cut = await preview(wants(), [], { days: 30, papers: 6 });
    expect(dates(cut)).toEqual(['2025-05-23']);
    expect(cut.isCut).toBe(true);
  });

  it('finds nothing in an empty archive', async () => {
    const { preview } = createLookBack(await temporaryStore('sqlite'));
    expect(await preview(wants(), [wants({ id: 'other' })], bounds)).toMatchObject({
      days: [],
      mean: 0,
      median: 0,
      known: 0,
    });
  });
});
