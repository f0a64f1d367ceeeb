import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcedAtMs, announcementsUntil } from '../../src/arxiv/calendar.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Store } from '../../src/domain/ports.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { createCatchUp } from '../../src/pipeline/catch-up.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry } from '../builders/domain.ts';

const log = createLog('silent');
const minuteMs = 60_000;

let store: Store;
let nowMs: number;
/** What the source has, by date; an error is thrown. */
let source: Map<string, Listing | Error>;
let asked: string[];
/** What happens while the source is asked. */
let meanwhile: () => Promise<unknown>;
let tick: (signal?: AbortSignal) => Promise<string[]>;

beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log });
  nowMs = Date.parse('2025-05-23T00:05:00Z');
  source = new Map();
  asked = [];
  meanwhile = async () => {};
  tick = restarted();
});
afterEach(() => store.close());

/** The bot's catching up, as after a start. */
function restarted(archives: readonly string[] = ['cs.DC']): typeof tick {
  const catchUp = createCatchUp({
    store,
    log,
    clock: { now: () => nowMs },
    archives: async () => archives,
    announcementsUntil: (now, onlyLatest) =>
      announcementsUntil(now, { holidays: [], ...(onlyLatest ? {} : { after: dayBefore(now, 7) }) }),
    announcedAtMs,
    readListing: async (archive, date) => {
      asked.push(archive === 'cs.DC' ? date : `${archive} ${date}`);
      await meanwhile();
      const found = source.get(archive === 'cs.DC' ? date : `${archive} ${date}`);
      if (found instanceof Error) throw found;
      return found ? { listing: found, declared: null } : { listing: null, shown: null };
    },
    pollMs: 10 * minuteMs,
  });
  return async (signal) => (await catchUp(signal)).map(({ date }) => date);
}

function dayBefore(ms: number, days: number): string {
  return new Date(ms - days * 24 * 60 * minuteMs).toISOString().slice(0, 10);
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

  it('leaves a day as it is that somebody brought by hand while it was asked for in vain', async () => {
    source.set('2025-05-23', new AppError('arxiv-unavailable', 'arxiv: GET /list/cs.DC/new answered 503'));
    meanwhile = () =>
      announce(listingOf('2025-05-23'), null, { store, log, clock: { now: () => nowMs }, announcedAtMs });
    await tick();
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'complete', papers: 1 });
    nowMs += 60 * minuteMs;
    await tick();
    expect(asked).toEqual(['2025-05-23']);
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

  it('comes back to a partial day when a later one is whole', async () => {
    source.set('2025-05-22', listingOf('2025-05-22'));
    nowMs = Date.parse('2025-05-22T00:05:00Z');
    await tick();
    nowMs = Date.parse('2025-05-24T00:05:00Z');
    source.set('2025-05-23', { ...listingOf('2025-05-23'), complete: false });
    expect(await tick()).toEqual(['2025-05-23']);
    nowMs = Date.parse('2025-05-26T00:05:00Z');
    source.set('2025-05-26', listingOf('2025-05-26'));
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick()).toEqual(['2025-05-23', '2025-05-26']);
  });

  it('fills the days before one that was taken in by hand', async () => {
    source.set('2025-05-23', listingOf('2025-05-23'));
    await tick();
    nowMs = Date.parse('2025-05-28T00:05:00Z');
    await announce(listingOf('2025-05-28'), null, { store, log, clock: { now: () => nowMs }, announcedAtMs });
    source.set('2025-05-26', listingOf('2025-05-26'));
    source.set('2025-05-27', listingOf('2025-05-27'));
    expect(await tick()).toEqual(['2025-05-26', '2025-05-27']);
  });

  it('does not trust an empty page until half a day later', async () => {
    source.set('2025-05-23', aListing([]));
    expect(await tick()).toEqual(['2025-05-23']);
    nowMs += 10 * minuteMs;
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick()).toEqual(['2025-05-23']);
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'complete', papers: 1 });
  });

  it('goes on with the other archives when one meets a bug, and does not try it at every tick', async () => {
    tick = restarted(['a.AA', 'cs.DC']);
    source.set('a.AA 2025-05-23', new TypeError('a bug'));
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick()).toEqual(['2025-05-23']);
    await tick();
    expect(asked).toEqual(['a.AA 2025-05-23', '2025-05-23']);
  });

  it('leaves a category out that arXiv does not know, and arXiv alone for hours when it refuses', async () => {
    source.set('2025-05-23', new AppError('arxiv-bad-request', 'arxiv: no such category'));
    await tick();
    nowMs += 24 * 60 * minuteMs;
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'deferred' });
    nowMs = Date.parse('2025-05-26T00:05:00Z');
    source.set('2025-05-26', new AppError('arxiv-refused', 'arxiv: 403'));
    await tick();
    nowMs += 60 * minuteMs;
    await tick();
    expect(asked).toEqual(['2025-05-23', '2025-05-26']);
  });

  it('tries at once after a restart, and after a clock that was ahead was set right', async () => {
    await tick();
    expect(await restarted()()).toEqual([]);
    expect(asked).toHaveLength(2);
    nowMs -= 2 * minuteMs;
    await tick();
    expect(asked).toHaveLength(3);
  });

  it('stops between two days when it is told to', async () => {
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick(AbortSignal.abort())).toEqual([]);
    expect(await store.days.get('cs.DC', '2025-05-23')).toBeNull();
  });
});
