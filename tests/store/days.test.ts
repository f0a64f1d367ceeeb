import { describe, expect, it } from 'vitest';
import type { Day } from '../../src/domain/day.ts';
import { databaseKinds } from '../builders/temporary-database.ts';
import { entry, listing, outbox, temporaryStore } from './store-builders.ts';

function day(changes: Partial<Omit<Day, 'matchedAt'>> = {}): Omit<Day, 'matchedAt'> {
  return { archive: 'cs.DC', date: '2025-05-23', state: 'complete', papers: 1, source: 'text', triedAt: 5, ...changes };
}

describe.each(databaseKinds)('DayStore on %s', (kind) => {
  it('gives null for a day never saved', async () => {
    const store = await temporaryStore(kind);
    expect(await store.days.get('cs.DC', '2025-05-23')).toBeNull();
    expect(await store.days.firstKnown('cs.DC')).toBeNull();
  });

  it('replaces a day, but for when it was matched', async () => {
    const store = await temporaryStore(kind);
    await store.days.save(day({ state: 'partial', papers: 1 }));
    await store.deliveries.commit(outbox([], 9));
    await store.days.save(day({ state: 'complete', papers: 2, triedAt: 7 }));
    expect(await store.days.get('cs.DC', '2025-05-23')).toEqual({
      ...day({ state: 'complete', papers: 2, triedAt: 7 }),
      matchedAt: 9,
    });
  });

  it('is matched when the last of its papers is, and that time stays', async () => {
    const store = await temporaryStore(kind);
    await store.papers.saveListing(listing([entry({ id: '2505.00001' }), entry({ id: '2505.00002' })]));
    await store.days.save(day());
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
    await store.days.save(day({ state: 'partial' }));
    await store.deliveries.commit({ ...outbox([], 9), papers: ['2505.00001'] });
    expect(await matchedAt()).toBe(9);
    await store.papers.saveListing(listing([entry({ id: '2505.00001' }), entry({ id: '2505.00002' })]));
    await store.days.save(day({ state: 'complete', papers: 2 }));
    expect(await matchedAt()).toBeNull();
    await store.deliveries.commit({ ...outbox([], 10), papers: ['2505.00002'] });
    expect(await matchedAt()).toBe(10);
  });

  it('knows the earliest day of an archive, whatever became of it', async () => {
    const store = await temporaryStore(kind);
    await store.days.save(day({ date: '2025-05-22', state: 'late' }));
    await store.days.save(day({ date: '2025-05-21', state: 'deferred' }));
    await store.days.save(day({ date: '2025-05-23' }));
    await store.days.save(day({ date: '2025-05-20', archive: 'cs.LG' }));
    expect(await store.days.firstKnown('cs.DC')).toBe('2025-05-21');
    expect(await store.days.firstKnown('cs.AI')).toBeNull();
  });

  it('lists the newest days first', async () => {
    const store = await temporaryStore(kind);
    for (const date of ['2025-05-22', '2025-05-23']) {
      await store.days.save(day({ date, archive: 'cs.LG' }));
      await store.days.save(day({ date }));
    }
    expect((await store.days.recent(3)).map(({ date, archive }) => `${date} ${archive}`)).toEqual([
      '2025-05-23 cs.DC',
      '2025-05-23 cs.LG',
      '2025-05-22 cs.DC',
    ]);
  });
});
