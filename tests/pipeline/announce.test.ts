import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import { announcedAtMs } from '../../src/arxiv/calendar.ts';
import type { Store } from '../../src/domain/ports.ts';
import { createLog } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';

const nowMs = Date.parse('2025-05-23T00:05:00Z');
const log = createLog('silent');
const deps = () => ({
  store,
  knowledge: openKnowledge(store),
  clock: { now: () => nowMs },
  log,
  announcedAtMs,
  isHoliday: (date: string) => date === '2025-05-26',
});
const sender = 'the sender';

const gossip = anEntry({ id: '2505.00001', title: 'Gossip in networks' });
const sorting = anEntry({ id: '2505.00002', title: 'Sorting in parallel' });

let store: Store;
beforeEach(async () => {
  store = await openStore('sqlite::memory:', { log });
  await store.leases.take('worker', null, sender);
  await store.subscriptions.save(aSubscription({ id: 's1', query: 'gossip' }), aTarget());
});
afterEach(() => store.close());

function claim() {
  return store.deliveries.claim({ sender, nowMs, limit: 10 });
}

describe('announce', () => {
  it('takes a listing to the outbox', async () => {
    const announced = await announce(aListing([gossip, sorting]), null, deps());
    expect(announced).toEqual({
      date: '2025-05-23',
      archive: 'cs.DC',
      state: 'complete',
      papers: 2,
      announcements: 2,
      matches: 1,
      deliveries: 1,
    });
    const [delivery] = await claim();
    expect(delivery).toMatchObject({ target: aTarget().id, papers: [{ paper: '2505.00001', occasion: 'first' }] });
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'complete', matchedAt: nowMs });
  });

  it('queues nothing twice when the same listing comes again', async () => {
    await announce(aListing([gossip]), null, deps());
    expect(await announce(aListing([gossip]), null, deps())).toMatchObject({ matches: 0, deliveries: 0 });
    expect(await store.deliveries.counts(nowMs)).toEqual({ pending: 1, due: 1, sent: 0, dead: 0 });
  });

  it('matches only what is new in a listing that has grown', async () => {
    await announce(aListing([sorting], { complete: false }), null, deps());
    expect(await store.days.get('cs.DC', '2025-05-23')).toMatchObject({ state: 'partial' });
    expect(await announce(aListing([sorting, gossip]), null, deps())).toMatchObject({
      state: 'complete',
      deliveries: 1,
    });
  });

  it('matches what an earlier run had saved when it was stopped', async () => {
    await store.papers.saveListing(aListing([gossip]));
    expect(await announce(aListing([gossip]), null, deps())).toMatchObject({ deliveries: 1 });
  });

  it('tells of a paper once that is crossed into another listing', async () => {
    await announce(aListing([gossip]), null, deps());
    const crossed = { ...gossip, kind: 'cross' as const, crossFrom: 'cs.DC' };
    expect(await announce(aListing([crossed], { archive: 'cs.NI' }), null, deps())).toMatchObject({
      deliveries: 0,
    });
  });

  it('calls a listing without entries empty', async () => {
    expect(await announce(aListing([]), null, deps())).toMatchObject({ state: 'empty', papers: 0 });
  });
});

/** Papers of a day, one in ten of them on gossip, of ever less of it. */
function dayOf(date: string, count: number) {
  const entries = Array.from({ length: count }, (_, index) =>
    anEntry({
      id: `${date.slice(2, 4)}${date.slice(5, 7)}.${date.slice(8)}${String(index).padStart(3, '0')}`,
      title: index % 10 === 0 ? 'Gossip in networks' : 'Sorting in parallel',
      abstract: `Many ${'different '.repeat(index)} words.`,
    }),
  );
  return aListing(entries, { date });
}

const calibration = async (id = 's1') => (await store.calibrations.of([id])).get(id);

/** Papers that the window of the subscription knows. */
async function windowSize(): Promise<number> {
  const { zero, counts } = (await calibration())?.window.current ?? { zero: 0, counts: [] };
  return counts.reduce((sum, count) => sum + count, zero);
}

async function papersSent(): Promise<string[]> {
  const claimed = await store.deliveries.claim({ sender, nowMs, limit: 100 });
  for (const { id } of claimed) await store.deliveries.settle(sender, id, { kind: 'sent', messageId: id }, nowMs);
  return claimed.length === 0
    ? []
    : [...claimed.flatMap(({ papers }) => papers.map(({ paper }) => paper)), ...(await papersSent())];
}

describe('announce, with what was learnt', () => {
  it('says how relevant a paper is among recent ones', async () => {
    await announce(dayOf('2025-05-22', 60), null, deps());
    await papersSent();
    await announce(aListing([gossip]), null, deps());
    const [delivery] = await claim();
    expect(delivery?.papers).toMatchObject([{ percentile: expect.any(Number), categories: [] }]);
    expect(delivery?.papers[0]?.percentile).toBeGreaterThanOrEqual(0.85);
  });

  it('counts a paper once, however often and in however many listings it comes', async () => {
    await announce(dayOf('2025-05-22', 30), null, deps());
    expect(await windowSize()).toBe(30);
    await announce(dayOf('2025-05-22', 30), null, deps());
    await announce({ ...dayOf('2025-05-22', 30), archive: 'cs.NI' }, null, deps());
    expect(await windowSize()).toBe(30);
    await announce(dayOf('2025-05-22', 35), null, deps());
    expect(await windowSize()).toBe(35);
  });

  it('keeps to about N papers a day over listings, days and a listing that has grown', async () => {
    await store.subscriptions.save(aSubscription({ id: 's1', query: 'gossip', perDay: 2 }), aTarget());
    const sent: number[] = [];
    for (const day of [19, 20, 21, 22, 23]) {
      const date = `2025-05-${day}`;
      await announce({ ...dayOf(date, 40), complete: false }, null, deps());
      await announce(dayOf(date, 80), null, deps());
      await announce({ ...dayOf(date, 120), archive: 'cs.NI' }, null, deps());
      sent.push((await papersSent()).length);
      expect(sent.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2 * sent.length);
    }
    expect(sent[0]).toBe(2);
    expect(Math.max(...sent)).toBeGreaterThan(0);
  });

  it('lets marks that came since move what it knows', async () => {
    await announce(dayOf('2025-05-22', 60), null, deps());
    const before = await calibration();
    await store.marks.toggle({ userId: 'u1', paper: '2505.22001', kind: 'up', subscriptions: ['s1'], nowMs });
    await announce(dayOf('2025-05-23', 10), null, deps());
    expect((await calibration())?.basis).not.toBe(before?.basis);
  });

  it('matches anew where somebody else has matched meanwhile', async () => {
    let isFirst = true;
    const overtaken: Store = {
      ...store,
      deliveries: {
        ...store.deliveries,
        commit: async (matched) => {
          if (isFirst) {
            isFirst = false;
            await announce(dayOf('2025-05-22', 60), null, deps());
          }
          return store.deliveries.commit(matched);
        },
      },
    };
    expect(await announce(dayOf('2025-05-22', 60), null, { ...deps(), store: overtaken })).toMatchObject({
      matches: 0,
      deliveries: 0,
    });
    expect(await papersSent()).toHaveLength(6);
    expect(await windowSize()).toBe(60);
  });
});
