import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../builders/temporary-database.ts';
import { entry, listing, outbox, paper, temporaryStore } from './store-builders.ts';

/** Two days of listings, and an import that knows both an announced paper and another. */
async function archive(kind: (typeof databaseKinds)[number]) {
  const store = await temporaryStore(kind);
  await store.papers.saveListing(listing([entry({ id: '1' }), entry({ id: '2' })], { date: '2025-05-22' }));
  await store.papers.saveListing(
    listing([entry({ id: '1', kind: 'replace' }), entry({ id: '3', kind: 'cross' })], { date: '2025-05-23' }),
  );
  await store.papers.saveListing(listing([entry({ id: '3' })], { archive: 'cs.LG', date: '2025-05-23' }));
  await store.papers.backfill([
    { paper: paper({ id: '2' }), announced: '2025-05-22' },
    { paper: paper({ id: '4', categories: ['cs.LG', 'cs.DC'] }), announced: '2025-05-20' },
  ]);
  return store;
}

describe.each(databaseKinds)('PaperStore.latestDay on %s', (kind) => {
  it('goes back day by day, over listings and imports', async () => {
    const { papers } = await archive(kind);
    expect(await papers.latestDay(null)).toBe('2025-05-23');
    expect(await papers.latestDay('2025-05-23')).toBe('2025-05-22');
    expect(await papers.latestDay('2025-05-22')).toBe('2025-05-20');
    expect(await papers.latestDay('2025-05-20')).toBeNull();
  });

  it('is null in an empty archive', async () => {
    expect(await (await temporaryStore(kind)).papers.latestDay(null)).toBeNull();
  });
});

describe.each(databaseKinds)('PaperStore.ofDay on %s', (kind) => {
  it('gives what was announced that day, in every category, as it was there', async () => {
    const { papers } = await archive(kind);
    expect(await papers.ofDay('2025-05-23', 10)).toMatchObject([
      { paper: { id: '1' }, date: '2025-05-23', announcements: [{ category: 'cs.DC', kind: 'replace' }] },
      {
        paper: { id: '3' },
        announcements: [
          { category: 'cs.DC', kind: 'cross' },
          { category: 'cs.LG', kind: 'new' },
        ],
      },
    ]);
    expect(await papers.ofDay('2025-05-23', 1)).toMatchObject([{ paper: { id: '1' } }]);
    expect(await papers.ofDay('2025-05-21', 10)).toEqual([]);
  });

  it('counts an imported paper as new in its primary category on its first day', async () => {
    const { papers } = await archive(kind);
    expect(await papers.ofDay('2025-05-20', 10)).toMatchObject([
      { paper: { id: '4' }, announcements: [{ category: 'cs.LG', kind: 'new' }] },
    ]);
  });
});

describe.each(databaseKinds)('PaperStore.daysOf on %s', (kind) => {
  it('gives every day, oldest first, and since when it is matched', async () => {
    const store = await archive(kind);
    await store.deliveries.commit({ ...outbox([], 7), date: '2025-05-22', papers: ['1'] });
    await store.deliveries.commit({ ...outbox([], 9), papers: ['3'] });
    expect(await store.papers.daysOf('1')).toMatchObject([
      { date: '2025-05-22', imported: false, matchedAt: 7, announcements: [{ kind: 'new' }] },
      { date: '2025-05-23', imported: false, matchedAt: null, announcements: [{ kind: 'replace' }] },
    ]);
    // Its other listing still waits.
    expect(await store.papers.daysOf('3')).toMatchObject([{ date: '2025-05-23', matchedAt: null }]);
  });

  it('tells an import from a listing, and knows nothing of others', async () => {
    const { papers } = await archive(kind);
    expect(await papers.daysOf('4')).toMatchObject([{ date: '2025-05-20', imported: true, matchedAt: null }]);
    expect(await papers.daysOf('5')).toEqual([]);
  });
});
