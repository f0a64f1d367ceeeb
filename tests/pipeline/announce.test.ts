import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcedAtMs } from '../../src/arxiv/calendar.ts';
import type { Store } from '../../src/domain/ports.ts';
import { createLog } from '../../src/lib/log.ts';
import { announce } from '../../src/pipeline/announce.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';

const nowMs = Date.parse('2025-05-23T00:05:00Z');
const log = createLog('silent');
const deps = () => ({ store, clock: { now: () => nowMs }, log, announcedAtMs });
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
