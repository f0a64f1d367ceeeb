import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import { calendarWith } from '../../src/arxiv/calendar-with.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Store } from '../../src/domain/ports.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { createCatchUp } from '../../src/pipeline/catch-up.ts';
import { tryDay } from '../../src/pipeline/try-day.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry } from '../builders/domain.ts';

const log = createLog('silent');
const minuteMs = 60_000;
const calendar = calendarWith({ holidays: ['2025-06-19'], reachDays: 7 });

let store: Store;
let nowMs: number;
/** What the source has, by date; an error is thrown. */
let source: Map<string, Listing | Error>;
let asked: string[];
/** The date of the page that is there instead of one the source has not. */
let shown: string | null;
/** What happens while the source is asked. */
let meanwhile: () => Promise<unknown>;
let tick: (signal?: AbortSignal) => Promise<string[]>;

beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log });
  nowMs = Date.parse('2025-05-23T00:05:00Z');
  source = new Map();
  asked = [];
  shown = null;
  meanwhile = async () => {};
  tick = restarted();
});
afterEach(() => store.close());

/** The bot's catching up, as after a start. */
function restarted(archives: readonly string[] = ['cs.DC']): typeof tick {
  const catchUp = createCatchUp({
    store,
    knowledge: openKnowledge(store),
    log,
    clock: { now: () => nowMs },
    archives: async () => archives,
    ...calendar,
    second: null,
    readListing: async (archive, date) => {
      asked.push(archive === 'cs.DC' ? date : `${archive} ${date}`);
      await meanwhile();
      const found = source.get(archive === 'cs.DC' ? date : `${archive} ${date}`);
      if (found instanceof Error) throw found;
      return found ? { listing: found, declared: null } : { listing: null, shown };
    },
    pollMs: 10 * minuteMs,
  });
  return async (signal) => (await catchUp(signal)).map(({ date }) => date);
}

function listingOf(date: string): Listing {
  return aListing([anEntry({ id: `2505.${date.replaceAll('-', '').slice(-5)}` })], { date });
}

const found = async () => (await store.days.get('cs.DC', '2025-05-23'))?.found;

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

  it('expects a listing at 20:00 in New York, and looks for it from 20:05 on', async () => {
    nowMs -= minuteMs;
    expect(await tick()).toEqual([]);
    expect(asked).toEqual([]);
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'expected', triedAt: null });
    nowMs += minuteMs;
    await tick();
    expect(asked).toEqual(['2025-05-23']);
  });

  it('says in words what was there instead, or what went wrong', async () => {
    await tick();
    expect(await found()).toBe('no listing there');
    nowMs += 10 * minuteMs;
    shown = '2025-05-22';
    await tick();
    expect(await found()).toBe('still Thursday’s page');
    nowMs += 10 * minuteMs;
    shown = '2025-05-12';
    await tick();
    expect(await found()).toBe('still the page of 2025-05-12');
    nowMs += 10 * minuteMs;
    source.set('2025-05-23', new AppError('arxiv-unavailable', 'arxiv: GET /list/cs.DC/new answered 503'));
    await tick();
    expect(await found()).toBe('arxiv: GET /list/cs.DC/new answered 503');
    nowMs += 10 * minuteMs;
    source.set('2025-05-23', listingOf('2025-05-23'));
    await tick();
    expect(await found()).toBeNull();
  });

  it('keeps a partial day partial where the next try fails', async () => {
    source.set('2025-05-23', { ...listingOf('2025-05-23'), complete: false });
    await tick();
    nowMs += 10 * minuteMs;
    source.set('2025-05-23', new AppError('arxiv-unavailable', 'busy'));
    await tick();
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'partial', papers: 1, found: 'busy' });
  });

  it('refuses an old batch under a new date, and looks again', async () => {
    source.set('2025-05-23', listingOf('2025-05-23'));
    await tick();
    nowMs = Date.parse('2025-05-26T00:05:00Z');
    source.set('2025-05-26', { ...listingOf('2025-05-23'), date: '2025-05-26' });
    expect(await tick()).toEqual([]);
    expect(await store.days.get('cs.DC', '2025-05-26')).toMatchObject({
      state: 'late',
      papers: 0,
      found: expect.stringMatching(/has the papers of an earlier day: 1 of its 1 new papers/),
    });
    nowMs += 10 * minuteMs;
    source.set('2025-05-26', listingOf('2025-05-26'));
    expect(await tick()).toEqual(['2025-05-26']);
  });

  it('does not wait for a holiday, and knows it for one when the next day is out', async () => {
    nowMs = Date.parse('2025-06-18T00:05:00Z');
    for (const date of ['2025-06-18', '2025-06-20']) source.set(date, listingOf(date));
    source.set('2025-06-19', aListing([], { date: '2025-06-19' }));
    expect(await tick()).toEqual(['2025-06-18']);
    nowMs = Date.parse('2025-06-19T12:00:00Z');
    expect(await tick()).toEqual([]);
    nowMs = Date.parse('2025-06-20T00:05:00Z');
    expect(await tick()).toEqual(['2025-06-19', '2025-06-20']);
    expect(await store.days.get('cs.DC', '2025-06-19')).toMatchObject({ state: 'deferred' });
    expect(await tick()).toEqual([]);
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
      announce(listingOf('2025-05-23'), null, {
        store,
        knowledge: openKnowledge(store),
        log,
        clock: { now: () => nowMs },
        ...calendar,
      });
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
    await announce(listingOf('2025-05-28'), null, {
      store,
      knowledge: openKnowledge(store),
      log,
      clock: { now: () => nowMs },
      ...calendar,
    });
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

  it('asks the store one thing while nothing is due', async () => {
    await announce(listingOf('2025-05-16'), null, {
      store,
      knowledge: openKnowledge(store),
      log,
      clock: { now: () => nowMs },
      ...calendar,
    });
    for (const day of ['16', '19', '20', '21', '22', '23']) source.set(`2025-05-${day}`, listingOf(`2025-05-${day}`));
    await tick();
    const { get, firstKnown } = store.days;
    let statements = 0;
    Object.assign(store.days, {
      get: (...of: Parameters<typeof get>) => ((statements += 1), get(...of)),
      firstKnown: (archive: string) => ((statements += 1), firstKnown(archive)),
    });
    nowMs += minuteMs;
    await tick();
    expect(statements).toBe(0);
  });

  it('looks at a small category that stays empty ever more seldom', async () => {
    source.set('2025-05-23', aListing([]));
    for (let minute = 0; minute < 24 * 60; minute += 5, nowMs += 5 * minuteMs) await tick();
    expect(asked.length).toBeLessThanOrEqual(9);
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'empty' });
  });

  it('looks seldom for what is missing for days', async () => {
    source.set('2025-05-23', new AppError('unreadable-listing', 'the page cannot be read'));
    for (let minute = 0; minute < 3 * 24 * 60; minute += 10, nowMs += 10 * minuteMs) await tick();
    // Every ten minutes for six hours, every hour until a day has passed, then every six.
    expect(asked.length).toBeLessThanOrEqual(37 + 18 + 8 + 1);
  });

  it('keeps no archive waiting behind one that takes long to fail', async () => {
    const archives = ['astro-ph', 'cs.DC', 'hep-th'];
    tick = restarted(archives);
    let isClosed = false;
    meanwhile = async () => {
      const isTroubled = asked.at(-1)?.startsWith('astro-ph') === true;
      // Retry-After 300, thrice, and then arXiv is closed to all for as long.
      if (isTroubled) nowMs += 15 * minuteMs;
      if (isClosed && !isTroubled) throw new AppError('arxiv-closed', 'arxiv: nothing is asked');
      isClosed = isTroubled;
    };
    source.set('astro-ph 2025-05-23', new AppError('arxiv-unavailable', 'arxiv: GET /list/astro-ph/new answered 503'));
    source.set('2025-05-23', listingOf('2025-05-23'));
    source.set('hep-th 2025-05-23', { ...listingOf('2025-05-23'), archive: 'hep-th' });
    for (; nowMs < Date.parse('2025-05-23T00:30:00Z'); nowMs += minuteMs, isClosed = false) await tick();
    for (const archive of ['cs.DC', 'hep-th']) {
      expect(await store.days.get(archive, '2025-05-23')).toMatchObject({ state: 'complete' });
    }
  });

  it('asks the other archives before the next day of one that failed', async () => {
    await announce(listingOf('2025-05-20'), null, {
      store,
      knowledge: openKnowledge(store),
      log,
      clock: { now: () => nowMs },
      ...calendar,
    });
    tick = restarted(['cs.DC', 'hep-th']);
    source.set('2025-05-21', new AppError('arxiv-unavailable', 'busy'));
    await tick();
    expect(asked).toEqual(['2025-05-21', 'hep-th 2025-05-23']);
    nowMs += minuteMs;
    await tick();
    expect(asked.slice(2)).toEqual(['2025-05-22']);
  });

  it.each([
    ['that is empty by now', { entries: [], complete: true }, 0],
    ['that shows a part by now', { entries: [], complete: false }, 1],
  ])('keeps a day as whole as it was where it is read again from a page %s', async (_what, less, declared) => {
    source.set('2025-05-23', listingOf('2025-05-23'));
    await tick();
    const before = await store.days.get('cs.DC', '2025-05-23');
    const readListing = async () => ({ listing: { ...listingOf('2025-05-23'), ...less }, declared });
    await tryDay('cs.DC', '2025-05-23', {
      store,
      knowledge: openKnowledge(store),
      log,
      clock: { now: () => nowMs },
      ...calendar,
      readListing,
    });
    expect(await store.days.get('cs.DC', '2025-05-23')).toEqual(before);
  });

  it('goes on with the other archives when one meets a bug, and does not try it at every tick', async () => {
    tick = restarted(['a.AA', 'cs.DC']);
    source.set('a.AA 2025-05-23', new TypeError('a bug'));
    source.set('2025-05-23', listingOf('2025-05-23'));
    expect(await tick()).toEqual(['2025-05-23']);
    await tick();
    expect(asked).toEqual(['a.AA 2025-05-23', '2025-05-23']);
  });

  it('leaves a category out that arXiv does not know', async () => {
    source.set('2025-05-23', new AppError('arxiv-bad-request', 'arxiv: no such category'));
    await tick();
    nowMs += 24 * 60 * minuteMs;
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'deferred' });
    await tick();
    expect(asked).toEqual(['2025-05-23']);
  });

  it('tries at once after a restart, and after a clock that was ahead was set right', async () => {
    nowMs += 5 * minuteMs;
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
