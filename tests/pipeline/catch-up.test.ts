import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcementsUntil } from '../../src/arxiv/calendar.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Store } from '../../src/domain/ports.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import { catchUp } from '../../src/pipeline/catch-up.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry } from '../builders/domain.ts';

const log = createLog('silent');
const minuteMs = 60_000;

let store: Store;
let nowMs: number;
/** What the source has, by date; an error is thrown. */
let source: Map<string, Listing | AppError>;
let asked: string[];

beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log });
  nowMs = Date.parse('2025-05-23T00:05:00Z');
  source = new Map();
  asked = [];
});
afterEach(() => store.close());

async function tick(): Promise<string[]> {
  const announced = await catchUp({
    store,
    log,
    clock: { now: () => nowMs },
    archives: async () => ['cs.DC'],
    announcementsUntil: (now, after) => announcementsUntil(now, { holidays: [], ...(after === null ? {} : { after }) }),
    readListing: async (_archive, date) => {
      asked.push(date);
      const found = source.get(date);
      if (found instanceof AppError) throw found;
      return found ?? null;
    },
    pollMs: 10 * minuteMs,
  });
  return announced.map(({ date }) => date);
}

function listingOf(date: string): Listing {
  return aListing([anEntry({ id: `2505.${date.replaceAll('-', '').slice(-5)}` })], { date });
}

describe('catchUp', () => {
  it('announces the latest listing of an archive it never read, once', async () => {
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick()).toEqual(['2025-05-23']);
    expect(await tick()).toEqual([]);
    expect(asked).toEqual(['2025-05-23']);
  });

  it('looks again after the poll interval for a listing that is not out yet', async () => {
    expect(await tick()).toEqual([]);
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'late', triedAt: nowMs });
    nowMs += minuteMs;
    await tick();
    expect(asked).toHaveLength(1);
    nowMs += 9 * minuteMs;
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick()).toEqual(['2025-05-23']);
  });

  it('looks again where the source failed', async () => {
    source.set('2025-05-23', new AppError('arxiv-unavailable', 'arxiv: GET /list/cs.DC/new answered 503'));
    expect(await tick()).toEqual([]);
    source.set('2025-05-23', listingOf('2025-05-23'));
    nowMs += 10 * minuteMs;
    expect(await tick()).toEqual(['2025-05-23']);
  });

  it('brings every day of a downtime, oldest first', async () => {
    source.set('2025-05-23', listingOf('2025-05-23'));
    await tick();
    nowMs = Date.parse('2025-05-29T00:05:00Z');
    for (const date of ['2025-05-26', '2025-05-27', '2025-05-28', '2025-05-29']) source.set(date, listingOf(date));
    expect(await tick()).toEqual(['2025-05-26', '2025-05-27', '2025-05-28', '2025-05-29']);
  });

  it('goes past a day without papers', async () => {
    source.set('2025-05-23', listingOf('2025-05-23'));
    await tick();
    nowMs = Date.parse('2025-05-28T00:05:00Z');
    source.set('2025-05-26', aListing([], { date: '2025-05-26' }));
    source.set('2025-05-27', listingOf('2025-05-27'));
    source.set('2025-05-28', listingOf('2025-05-28'));
    expect(await tick()).toEqual(['2025-05-26', '2025-05-27', '2025-05-28']);
    expect(await tick()).toEqual([]);
  });

  it('reads a partial day again until it is complete, without holding up the next one', async () => {
    source.set('2025-05-23', { ...listingOf('2025-05-23'), complete: false });
    expect(await tick()).toEqual(['2025-05-23']);
    expect(await tick()).toEqual([]);
    nowMs += 10 * minuteMs;
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick()).toEqual(['2025-05-23']);
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'complete' });
  });

  it('stops between two days when it is told to', async () => {
    const stopped = AbortSignal.abort();
    const deps = {
      store,
      log,
      clock: { now: () => nowMs },
      archives: async () => ['cs.DC'],
      announcementsUntil: () => ['2025-05-23'],
      readListing: async () => listingOf('2025-05-23'),
      pollMs: minuteMs,
    };
    expect(await catchUp(deps, stopped)).toEqual([]);
    expect(await store.days.get('cs.DC', '2025-05-23')).toBeNull();
  });
});
