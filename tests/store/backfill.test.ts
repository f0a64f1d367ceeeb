import { describe, expect, it } from 'vitest';
import type { Paper } from '../../src/domain/paper.ts';
import type { DatedPaper } from '../../src/domain/ports.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { entry, listing, paper, rowsOf, storeAt, temporaryStore } from './store-builders.ts';

const dated = (changes: Partial<Paper>, announced = '2025-05-20'): DatedPaper => ({ paper: paper(changes), announced });

describe.each(databaseKinds)('PaperStore.backfill on %s', (kind) => {
  it('adds papers that can be found, and announces none', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    const batch = [
      dated({ id: '2505.00001', title: 'Slow gossip', abstract: 'We wait.' }),
      dated({ id: 'math/0309136' }),
    ];
    expect(await store.papers.backfill(batch)).toEqual({ added: 2, updated: 0, skipped: 0 });
    expect(await store.papers.search({ query: 'gossip waiting' })).toMatchObject({
      value: { hits: [{ paper: batch[0]?.paper, announced: '2025-05-20' }] },
    });
    expect(await rowsOf(url, 'paper', 'true', 'announcements')).toEqual([]);
    expect(await store.papers.unmatched('cs.DC', '2025-05-20')).toEqual([]);
  });

  it('skips what it knows as it is, in one batch too', async () => {
    const store = await temporaryStore(kind);
    const batch = [dated({ id: '2505.00001' }), dated({ id: '2505.00001' })];
    expect(await store.papers.backfill(batch)).toEqual({ added: 1, updated: 0, skipped: 1 });
    expect(await store.papers.backfill(batch)).toEqual({ added: 0, updated: 0, skipped: 2 });
    expect(await store.papers.backfill([])).toEqual({ added: 0, updated: 0, skipped: 0 });
  });

  it('enriches what a listing brought and degrades nothing of it', async () => {
    const store = await temporaryStore(kind);
    const shown = entry({
      id: '2505.00001',
      title: 'Shown',
      authors: ['A', 'B'],
      authorsTruncated: true,
      comments: 'Nine pages',
    });
    await store.papers.saveListing(listing([shown]));
    const told = dated({
      id: '2505.00001',
      title: 'Told',
      authors: ['A', 'B', 'C'],
      version: 1,
      doi: '10.1/1',
      journalRef: 'J.',
    });
    expect(await store.papers.backfill([told])).toEqual({ added: 0, updated: 1, skipped: 0 });
    expect(await store.papers.backfill([told])).toEqual({ added: 0, updated: 0, skipped: 1 });
    expect(await store.papers.byIds(['2505.00001'])).toMatchObject([
      {
        title: 'Shown',
        authors: ['A', 'B', 'C'],
        authorsTruncated: false,
        comments: 'Nine pages',
        version: 1,
        doi: '10.1/1',
      },
    ]);
    // The day of a listing is known; an import only estimates it.
    expect(await store.papers.search({ query: 'shown' })).toMatchObject({
      value: { hits: [{ announced: '2025-05-23' }] },
    });
  });

  it('takes the text of a higher version, and the search with it', async () => {
    const store = await temporaryStore(kind);
    await store.papers.backfill([dated({ id: '2505.00001', title: 'Slow consensus', version: 1 })]);
    const later = dated({ id: '2505.00001', title: 'Fast consensus', version: 2 });
    expect(await store.papers.backfill([later])).toMatchObject({ updated: 1 });
    expect(
      await store.papers.backfill([dated({ id: '2505.00001', title: 'Slow consensus', version: 1 })]),
    ).toMatchObject({
      skipped: 1,
    });
    expect(await store.papers.search({ query: 'fast' })).toMatchObject({ value: { total: { value: 1 } } });
    expect(await store.papers.search({ query: 'slow' })).toMatchObject({ value: { total: { value: 0 } } });
  });

  it('lets a listing announce what an import brought, and believes its day', async () => {
    const store = await temporaryStore(kind);
    await store.papers.backfill([dated({ id: '2505.00001' }, '2025-05-21')]);
    expect(await store.papers.saveListing(listing([entry({ id: '2505.00001' })]))).toEqual({
      papers: 0,
      announcements: 1,
    });
    expect(await store.papers.unmatched('cs.DC', '2025-05-23')).toMatchObject([{ paper: { id: '2505.00001' } }]);
    expect(await store.papers.search({ query: 'ecosystem' })).toMatchObject({
      value: { hits: [{ announced: '2025-05-23' }] },
    });
  });

  it('counts as new in its primary category where no listing announced it', async () => {
    const store = await temporaryStore(kind);
    await store.papers.backfill([dated({ id: '2505.00001', categories: ['cs.LG', 'cs.DC'], primary: 'cs.LG' })]);
    expect(await store.papers.recent(5)).toMatchObject([
      { date: '2025-05-20', announcements: [{ category: 'cs.LG', kind: 'new' }] },
    ]);
  });

  it('keeps the place of an import with its papers, until it is forgotten', async () => {
    const store = await temporaryStore(kind);
    expect(await store.papers.importPosition('a')).toBeNull();
    await store.papers.backfill([dated({ id: '2505.00001' })], { source: 'a', position: { bytes: 5 }, nowMs: 1 });
    await store.papers.backfill([], { source: 'a', position: { bytes: 9 }, nowMs: 2 });
    expect(await store.papers.importPosition('a')).toEqual({ bytes: 9 });
    expect(await store.papers.importPosition('b')).toBeNull();
    await store.papers.forgetImport('a');
    expect(await store.papers.importPosition('a')).toBeNull();
  });
});

describe.each(databaseKinds)('PaperStore.enrich on %s', (kind) => {
  it('enriches those it knows and leaves out the others', async () => {
    const store = await temporaryStore(kind);
    await store.papers.saveListing(listing([entry({ id: '2505.00001' }), entry({ id: '2505.00002', doi: '10.1/2' })]));
    const told = [
      paper({ id: '2505.00001', doi: '10.1/1', version: 2 }),
      paper({ id: '2505.00002' }),
      paper({ id: '2505.00003' }),
    ];
    expect(await store.papers.enrich(told, 'api')).toBe(1);
    expect(await store.papers.enrich(told, 'api')).toBe(0);
    expect(await store.papers.byIds(['2505.00001', '2505.00002', '2505.00003'])).toMatchObject([
      { doi: '10.1/1', version: 2 },
      { doi: '10.1/2' },
    ]);
  });
});

const told = (authors: readonly string[]) => [entry({ id: '2505.00001', authors })];

describe.each(databaseKinds)('PaperStore.saveListing on %s, of a feed', (kind) => {
  it('takes its names only where there are none', async () => {
    const store = await temporaryStore(kind);
    const names = async () => (await store.papers.byIds(['2505.00001']))[0]?.authors;
    await store.papers.saveListing(listing(told(['J. -P. Doe']), { source: 'rss' }));
    expect(await names()).toEqual(['J. -P. Doe']);
    await store.papers.saveListing(listing(told(['J.-P. Doe']), { source: 'html' }));
    await store.papers.saveListing(listing(told(['J. -P. Doe']), { source: 'atom', date: '2025-05-26' }));
    expect(await names()).toEqual(['J.-P. Doe']);
  });
});
