import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import type { Entry, Listing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Store } from '../../src/domain/ports.ts';
import { AppError } from '../../src/lib/errors.ts';
import { createLog } from '../../src/lib/log.ts';
import { calendarWith } from '../../src/arxiv/calendar-with.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { checkDay } from '../../src/pipeline/check-day.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry, aPaper } from '../builders/domain.ts';

const log = createLog('silent');
const date = '2025-05-23';
const nowMs = Date.parse('2025-05-23T04:20:00Z');
const gossip = anEntry({ id: '2505.00001', title: 'Gossip' });
const sorting = anEntry({ id: '2505.00002', title: 'Sorting' });

let store: Store;
/** What the page says by now, if it is asked once more. */
let page: Listing;
let feed: Listing | AppError;
let api: Map<string, Paper>;
let askedOf: string[];
beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log });
  page = aListing([gossip, sorting], { source: 'html' });
  feed = feedOf([gossip, sorting]);
  api = new Map();
  askedOf = [];
  await announce(page, 2, deps());
});
afterEach(() => store.close());

function feedOf(entries: readonly Entry[], given: Partial<Listing> = {}): Listing {
  return aListing(entries, { source: 'rss', complete: null, ...given });
}

function deps() {
  return {
    store,
    knowledge: openKnowledge(store),
    clock: { now: () => nowMs },
    log,
    ...calendarWith({ holidays: [], reachDays: 7 }),
    readListing: async () => {
      askedOf.push('page');
      return { listing: page, declared: page.entries.length };
    },
    second: {
      readFeed: async () => {
        if (feed instanceof AppError) throw feed;
        return feed;
      },
      readPapers: async (ids: readonly string[]) => {
        askedOf.push(`api ${ids.join()}`);
        return ids.flatMap((id) => api.get(id) ?? []);
      },
    },
  };
}

const checked = async () => (await store.days.get('cs.DC', date))?.check;
const paper = async (id: string) => (await store.papers.byIds([id]))[0];

describe('checkDay', () => {
  it('notes that the feed agrees, and takes version and DOI from it, but no authors', async () => {
    page = aListing([anEntry({ ...gossip, authors: ['J.-P. Lees'] }), anEntry({ ...sorting, authors: ['Ada'] })]);
    await announce(page, 2, deps());
    feed = feedOf([{ ...gossip, version: 1, doi: '10.1/x', authors: ['J. -P. Lees (CERN)', 'more'] }, sorting]);
    expect(await checkDay('cs.DC', date, deps())).toEqual([]);
    expect(await checked()).toEqual({ verdict: 'agrees', checkedAt: nowMs, onlyListing: [], onlyFeed: [] });
    expect(await paper('2505.00001')).toMatchObject({ version: 1, doi: '10.1/x', authors: ['J.-P. Lees'] });
    expect(askedOf).toEqual([]);
  });

  it('reads the page once more where the feed has papers that it had not', async () => {
    const late = anEntry({ id: '2505.00003' });
    feed = feedOf([gossip, sorting, late]);
    page = aListing([gossip, sorting, late], { source: 'html' });
    expect(await checkDay('cs.DC', date, deps())).toMatchObject([{ papers: 3, state: 'complete' }]);
    expect(await checked()).toMatchObject({ verdict: 'agrees' });
    expect(askedOf).toContain('page');
  });

  it('announces nothing from the feed alone, and notes what it has', async () => {
    feed = feedOf([gossip, anEntry({ id: '2505.00009' })]);
    await checkDay('cs.DC', date, deps());
    expect(await checked()).toMatchObject({
      verdict: 'differs',
      onlyListing: ['2505.00002'],
      onlyFeed: ['2505.00009'],
    });
    expect(await paper('2505.00009')).toBeUndefined();
    expect(await store.papers.unmatched('cs.DC', date)).toEqual([]);
  });

  it('takes nothing from a stale feed', async () => {
    feed = feedOf([{ ...gossip, doi: '10.1/old' }], { date: '2025-05-22' });
    await checkDay('cs.DC', date, deps());
    expect(await checked()).toMatchObject({ verdict: 'stale' });
    expect(await paper('2505.00001')).toMatchObject({ doi: null });
  });

  it('completes a list of authors that the page cut', async () => {
    const hundred = Array.from({ length: 100 }, (_, at) => `A${at}`);
    page = aListing([
      anEntry({ ...gossip, authors: hundred, authorsTruncated: true }),
      anEntry({ ...sorting, authors: ['Ada'] }),
    ]);
    await announce(page, 2, deps());
    api.set('2505.00001', aPaper({ id: '2505.00001', authors: [...hundred, 'Zoe'] }));
    await checkDay('cs.DC', date, deps());
    expect(askedOf).toEqual(['api 2505.00001']);
    expect(await paper('2505.00001')).toMatchObject({ authorsTruncated: false, authors: { length: 101 } });
  });

  it('completes a list of authors on the next day where the API did not know the paper yet', async () => {
    page = aListing([anEntry({ ...gossip, authors: ['A'], authorsTruncated: true })]);
    await announce(page, 1, deps());
    await checkDay('cs.DC', date, deps());
    api.set('2505.00001', aPaper({ id: '2505.00001', authors: ['A', 'B'] }));
    feed = feedOf([anEntry({ id: '2505.00007' })], { date: '2025-05-27' });
    page = aListing([anEntry({ id: '2505.00007' })], { date: '2025-05-27' });
    await checkDay('cs.DC', '2025-05-27', deps());
    expect(await paper('2505.00001')).toMatchObject({ authorsTruncated: false, authors: ['A', 'B'] });
  });

  it('leaves the day unchecked where the feed cannot be read', async () => {
    feed = new AppError('arxiv-unavailable', 'arxiv: GET /rss/cs.DC answered 503');
    expect(await checkDay('cs.DC', date, deps())).toEqual([]);
    expect(await checked()).toBeNull();
  });

  it('does nothing where there is no second source', async () => {
    expect(await checkDay('cs.DC', date, { ...deps(), second: null })).toEqual([]);
    expect(await checked()).toBeNull();
  });
});
