import { describe, expect, it } from 'vitest';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { entry, listing, outbox, storeAt, temporaryStore } from './store-builders.ts';

const ids = (papers: readonly { readonly id: string }[]) => papers.map(({ id }) => id);
const announcedIds = (papers: readonly { readonly paper: { readonly id: string } }[]) =>
  ids(papers.map(({ paper }) => paper));

describe.each(databaseKinds)('PaperStore.saveListing on %s', (kind) => {
  it('keeps every field of a paper', async () => {
    const store = await temporaryStore(kind);
    const {
      kind: _kind,
      crossFrom: _crossFrom,
      ...told
    } = entry({
      id: 'math/0309136',
      version: 3,
      title: 'Näive “sets” of $O(n\\Delta^3)$',
      authors: ['Björn Grüning', 'A. "Quote" O\'Hara'],
      authorsTruncated: true,
      abstract: 'One.\n\nTwo.',
      categories: ['math.GT', 'cs.DC'],
      primary: 'math.GT',
      comments: 'Nine pages',
      journalRef: 'J. 1',
      doi: '10.1/1',
      withdrawn: true,
      formats: ['pdf', 'other'],
    });
    await store.papers.saveListing(listing([{ ...told, kind: 'new', crossFrom: null }]));
    expect(await store.papers.byIds(['math/0309136'])).toEqual([told]);
  });

  it('takes characters that are none', async () => {
    const store = await temporaryStore(kind);
    await store.papers.saveListing(listing([entry({ id: '1', title: 'Half \ud83d a \u0000 face' })]));
    const [saved] = await store.papers.byIds(['1']);
    // PostgreSQL's text holds no NUL.
    expect(saved?.title).toBe(`Half \ufffd a ${kind === 'sqlite' ? '\u0000' : '\ufffd'} face`);
    expect(await store.papers.search({ query: 'half face' })).toMatchObject({ value: { total: { value: 1 } } });
  });

  it('counts what was new, and saving again adds nothing', async () => {
    const store = await temporaryStore(kind);
    const day = listing([entry({ id: '2505.00001' }), entry({ id: '2505.00002', kind: 'replace' })]);
    expect(await store.papers.saveListing(day)).toEqual({ papers: 2, announcements: 2 });
    expect(await store.papers.saveListing(day)).toEqual({ papers: 0, announcements: 0 });
    expect(await store.papers.saveListing({ ...day, archive: 'cs.LG' })).toEqual({ papers: 0, announcements: 2 });
  });

  it('counts a paper once that a listing names twice', async () => {
    const store = await temporaryStore(kind);
    const twice = [entry({ id: '2505.00001', abstract: 'Here.' }), entry({ id: '2505.00001', kind: 'cross' })];
    expect(await store.papers.saveListing(listing(twice))).toEqual({ papers: 1, announcements: 1 });
    expect(await store.papers.byIds(['2505.00001'])).toMatchObject([{ abstract: 'Here.' }]);
  });

  it('takes an empty listing', async () => {
    const store = await temporaryStore(kind);
    expect(await store.papers.saveListing(listing([]))).toEqual({ papers: 0, announcements: 0 });
  });

  it('enriches a paper and never degrades it, whatever the order of the days', async () => {
    const store = await temporaryStore(kind);
    const rich = entry({ id: '2505.00001', title: 'New title', authors: ['Ada'], abstract: 'New.' });
    const poor = entry({ id: '2505.00001', title: 'Old title', comments: 'Nine pages' });
    await store.papers.saveListing(listing([rich], { date: '2025-05-23' }));
    await store.papers.saveListing(listing([poor], { date: '2025-05-20' }));
    const [paper] = await store.papers.byIds(['2505.00001']);
    expect(paper).toMatchObject({ title: 'New title', authors: ['Ada'], abstract: 'New.', comments: 'Nine pages' });
  });

  it('lets a replacement of a later day change title and abstract, and the search with them', async () => {
    const store = await temporaryStore(kind);
    const first = entry({ id: '2505.00001', title: 'Slow consensus', abstract: 'We wait.' });
    const replaced = entry({ id: '2505.00001', kind: 'replace', title: 'Fast consensus', abstract: null });
    await store.papers.saveListing(listing([first], { date: '2025-05-20' }));
    await store.papers.saveListing(listing([replaced], { date: '2025-05-23' }));
    expect(await store.papers.byIds(['2505.00001'])).toMatchObject([{ title: 'Fast consensus', abstract: 'We wait.' }]);
    expect(await store.papers.search({ query: 'slow' })).toMatchObject({ value: { total: { value: 0 } } });
    const found = await store.papers.search({ query: 'fast wait' });
    expect(found).toMatchObject({ value: { total: { value: 1 }, hits: [{ announced: '2025-05-20' }] } });
  });

  it('saves thousands of papers in one go', async () => {
    const store = await temporaryStore(kind);
    const entries = Array.from({ length: 1_100 }, (_, index) =>
      entry({ id: `2505.${String(index).padStart(5, '0')}` }),
    );
    expect(await store.papers.saveListing(listing(entries))).toEqual({ papers: 1_100, announcements: 1_100 });
    expect(await store.papers.byIds(entries.map(({ id }) => id))).toHaveLength(1_100);
    expect(await store.papers.unmatched('cs.DC', '2025-05-23')).toHaveLength(1_100);
  });
});

describe.each(databaseKinds)('PaperStore.unmatched on %s', (kind) => {
  it('gives the papers of that day in that archive by id, with all their announcements of the day', async () => {
    const store = await temporaryStore(kind);
    const both = entry({ id: '2505.00002' });
    await store.papers.saveListing(listing([both, entry({ id: '2505.00001' })]));
    await store.papers.saveListing(listing([{ ...both, kind: 'cross', crossFrom: 'cs.DC' }], { archive: 'cs.LG' }));
    await store.papers.saveListing(listing([{ ...both, kind: 'replace' }], { date: '2025-05-24' }));

    const unmatched = await store.papers.unmatched('cs.DC', '2025-05-23');
    expect(announcedIds(unmatched)).toEqual(['2505.00001', '2505.00002']);
    expect(unmatched[1]).toMatchObject({
      date: '2025-05-23',
      announcements: [
        { category: 'cs.DC', kind: 'new' },
        { category: 'cs.LG', kind: 'cross' },
      ],
    });
    expect(announcedIds(await store.papers.unmatched('cs.LG', '2025-05-23'))).toEqual(['2505.00002']);
    expect(await store.papers.unmatched('cs.AI', '2025-05-23')).toEqual([]);
  });

  it('leaves out what a commit has matched, in that archive and on that day only', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    const entries = [entry({ id: '2505.00001' }), entry({ id: '2505.00002' })];
    await store.papers.saveListing(listing(entries));
    await store.papers.saveListing(listing(entries, { archive: 'cs.LG' }));
    await store.deliveries.commit({ ...outbox([]), papers: ['2505.00001'] });
    expect(announcedIds(await store.papers.unmatched('cs.DC', '2025-05-23'))).toEqual(['2505.00002']);
    expect(announcedIds(await store.papers.unmatched('cs.LG', '2025-05-23'))).toHaveLength(2);
    expect(announcedIds(await (await storeAt(url)).papers.unmatched('cs.DC', '2025-05-23'))).toHaveLength(1);
  });
});

describe.each(databaseKinds)('PaperStore.byIds on %s', (kind) => {
  it('keeps the order asked for and leaves out what it does not know', async () => {
    const store = await temporaryStore(kind);
    await store.papers.saveListing(listing([entry({ id: '2505.00001' }), entry({ id: '2505.00002' })]));
    expect(ids(await store.papers.byIds(['2505.00002', '0912.5000', '2505.00001']))).toEqual([
      '2505.00002',
      '2505.00001',
    ]);
    expect(await store.papers.byIds([])).toEqual([]);
  });
});

describe.each(databaseKinds)('PaperStore.recent on %s', (kind) => {
  it('gives each paper once, under the last day it was announced', async () => {
    const store = await temporaryStore(kind);
    await store.papers.saveListing(
      listing([entry({ id: '2505.00003' }), entry({ id: '2505.00002' })], { date: '2025-05-22' }),
    );
    await store.papers.saveListing(
      listing([entry({ id: '2505.00003', kind: 'replace' }), entry({ id: '2505.00001' })], { date: '2025-05-23' }),
    );
    const recent = await store.papers.recent(10);
    expect(recent.map(({ paper, date, announcements }) => [paper.id, date, announcements[0]?.kind])).toEqual([
      ['2505.00001', '2025-05-23', 'new'],
      ['2505.00003', '2025-05-23', 'replace'],
      ['2505.00002', '2025-05-22', 'new'],
    ]);
    expect(announcedIds(await store.papers.recent(1))).toEqual(['2505.00001']);
  });
});
