import { describe, expect, it } from 'vitest';
import { aReading } from '../builders/domain.ts';
import { databaseKinds } from '../builders/temporary-database.ts';
import { entry, listing, outbox, temporaryStore } from './store-builders.ts';

describe.each(databaseKinds)('DayStore on %s', (kind) => {
  it('gives null for a day never saved', async () => {
    const store = await temporaryStore(kind);
    expect(await store.days.get('cs.DC', '2025-05-23')).toBeNull();
    expect(await store.days.firstKnown('cs.DC')).toBeNull();
  });

  it('gives the days since a date, of all archives', async () => {
    const store = await temporaryStore(kind);
    for (const date of ['2025-05-21', '2025-05-22', '2025-05-23']) await store.days.save(aReading({ date }));
    await store.days.save(aReading({ archive: 'math.KT', date: '2025-05-22' }));
    const found = await store.days.since('2025-05-22');
    expect(found.map(({ archive, date }) => `${archive} ${date}`).toSorted()).toEqual([
      'cs.DC 2025-05-22',
      'cs.DC 2025-05-23',
      'math.KT 2025-05-22',
    ]);
  });

  it('replaces a day, but for when it was matched', async () => {
    const store = await temporaryStore(kind);
    await store.days.save(aReading({ state: 'partial', papers: 1 }));
    await store.deliveries.commit(outbox([], 9));
    await store.days.save(aReading({ state: 'complete', papers: 2, triedAt: 7 }));
    expect(await store.days.get('cs.DC', '2025-05-23')).toEqual({
      archive: 'cs.DC',
      date: '2025-05-23',
      state: 'complete',
      papers: 2,
      counts: { new: 2 },
      declared: 2,
      sources: ['text'],
      found: null,
      firstTriedAt: 5,
      triedAt: 7,
      readAt: 7,
      matchedAt: 9,
      check: null,
    });
  });

  it('is matched when the last of its papers is, and that time stays', async () => {
    const store = await temporaryStore(kind);
    await store.papers.saveListing(listing([entry({ id: '2505.00001' }), entry({ id: '2505.00002' })]));
    await store.days.save(aReading());
    const matchedAt = async () => (await store.days.get('cs.DC', '2025-05-23'))?.matchedAt;
    await store.deliveries.commit({ ...outbox([], 8), papers: ['2505.00001'] });
    expect(await matchedAt()).toBeNull();
    await store.deliveries.commit({ ...outbox([], 9), papers: ['2505.00002'] });
    expect(await matchedAt()).toBe(9);
    await store.deliveries.commit(outbox([], 10));
    expect(await matchedAt()).toBe(9);
  });

  it('is open again when a later reading finds more papers', async () => {
    const store = await temporaryStore(kind);
    const matchedAt = async () => (await store.days.get('cs.DC', '2025-05-23'))?.matchedAt;
    await store.papers.saveListing(listing([entry({ id: '2505.00001' })]));
    await store.days.save(aReading({ state: 'partial' }));
    await store.deliveries.commit({ ...outbox([], 9), papers: ['2505.00001'] });
    expect(await matchedAt()).toBe(9);
    await store.papers.saveListing(listing([entry({ id: '2505.00001' }), entry({ id: '2505.00002' })]));
    await store.days.save(aReading({ state: 'complete', papers: 2 }));
    expect(await matchedAt()).toBeNull();
    await store.deliveries.commit({ ...outbox([], 10), papers: ['2505.00002'] });
    expect(await matchedAt()).toBe(10);
  });

  it('knows the earliest day of an archive, whatever became of it', async () => {
    const store = await temporaryStore(kind);
    await store.days.save(aReading({ date: '2025-05-22', state: 'late' }));
    await store.days.save(aReading({ date: '2025-05-21', state: 'deferred' }));
    await store.days.save(aReading({ date: '2025-05-23' }));
    await store.days.save(aReading({ date: '2025-05-20', archive: 'cs.LG' }));
    expect(await store.days.firstKnown('cs.DC')).toBe('2025-05-21');
    expect(await store.days.firstKnown('cs.AI')).toBeNull();
  });

  it('remembers the first try, and when the day was first read as it is', async () => {
    const store = await temporaryStore(kind);
    const tries = [
      aReading({ state: 'expected', papers: 0, source: null, triedAt: null }),
      aReading({ state: 'late', papers: 0, source: null, found: 'still Thursday’s page', triedAt: 10 }),
      aReading({ state: 'partial', papers: 1, declared: 2, source: 'html', triedAt: 20 }),
      aReading({ state: 'late', papers: 1, declared: 2, source: null, found: 'busy', triedAt: 30 }),
      aReading({ state: 'complete', papers: 2, source: 'html', triedAt: 40 }),
      aReading({ state: 'complete', papers: 2, source: 'text', triedAt: 50 }),
    ];
    for (const one of tries) await store.days.save(one);
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({
      found: null,
      firstTriedAt: 10,
      triedAt: 50,
      readAt: 40,
      sources: ['html', 'text'],
    });
  });

  it('keeps what the feed said', async () => {
    const store = await temporaryStore(kind);
    const check = { verdict: 'differs' as const, checkedAt: 9, onlyListing: ['2505.00001'], onlyFeed: [] };
    await store.days.save(aReading());
    await store.days.saveCheck('cs.DC', '2025-05-23', check);
    await store.days.save(aReading({ triedAt: 9 }));
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ check });
  });

  it('lists the newest days first', async () => {
    const store = await temporaryStore(kind);
    for (const date of ['2025-05-22', '2025-05-23']) {
      await store.days.save(aReading({ date, archive: 'cs.LG' }));
      await store.days.save(aReading({ date }));
    }
    expect((await store.days.recent(3)).map(({ date, archive }) => `${date} ${archive}`)).toEqual([
      '2025-05-23 cs.DC',
      '2025-05-23 cs.LG',
      '2025-05-22 cs.DC',
    ]);
  });
});
