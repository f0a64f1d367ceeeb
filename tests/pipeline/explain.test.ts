import { describe, expect, it } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import { createLookBack } from '../../src/app/look-back.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { StoredSubscription } from '../../src/domain/subscription.ts';
import { fateOf } from '../../src/pipeline/fate.ts';
import { announce } from '../../src/pipeline/announce.ts';
import {
  claim,
  entry,
  listing,
  paper,
  silentLog,
  subscription,
  target,
  temporaryStore,
} from '../store/store-builders.ts';

/** A day whose eight papers are about gossip, the first the most, and one that is not. */
const day = listing([
  ...Array.from({ length: 8 }, (_, index) =>
    entry({
      id: `1${index}`,
      title: 'Gossip',
      abstract: Array.from({ length: index }, (__, word) => `topic${word}`).join(' '),
    }),
  ),
  entry({ id: '20', title: 'Trees', abstract: 'A survey.', authors: ['Jane Hinton'] }),
]);

const wants = (given: Partial<StoredSubscription> = {}) => subscription({ id: 's1', query: 'gossip', ...given });

async function archive(...subscriptions: readonly StoredSubscription[]) {
  const store = await temporaryStore('sqlite');
  for (const one of subscriptions) await store.subscriptions.save(one, target({ id: one.target }));
  return store;
}

async function announceAt(store: Store, nowMs: number) {
  await announce(day, null, {
    store,
    knowledge: openKnowledge(store),
    clock: { now: () => nowMs },
    log: silentLog,
    announcedAtMs: () => nowMs,
    isHoliday: () => false,
  });
}

async function explained(store: Store, id: string, one: StoredSubscription) {
  const found = await createLookBack(store).explain(id, [one]);
  const explanation = found?.explanations[0];
  if (explanation === undefined) throw new Error('nothing was explained');
  return { ...explanation, fate: fateOf(explanation) };
}

describe('explain', () => {
  it('knows nothing of a paper that nobody read', async () => {
    expect(await createLookBack(await archive(wants())).explain('99', [wants()])).toBeNull();
  });

  it('tells a post that was sent, with its rank on its day', async () => {
    const store = await archive(wants());
    await announceAt(store, 1_000);
    const [claimed] = await store.deliveries.claim(claim(9_000));
    await store.deliveries.settle('s1', claimed?.id ?? '', { kind: 'sent', messageId: 'm1' }, 9_000);
    const id = claimed?.papers[0]?.paper ?? '';
    expect(await explained(store, id, wants())).toMatchObject({
      fate: { kind: 'posted', isForOther: false, entry: { messageId: 'm1', settledAt: 9_000 } },
      match: { matched: true },
      rank: { rank: 1, matched: 8, verdict: 'sent' },
    });
  });

  it('tells one that waits, and one that was given up', async () => {
    const store = await archive(wants());
    await announceAt(store, 1_000);
    expect((await explained(store, '10', wants())).fate).toMatchObject({
      kind: 'waiting',
      entry: { state: 'pending' },
    });
    const [claimed] = await store.deliveries.claim(claim(9_000));
    await store.deliveries.settle('s1', claimed?.id ?? '', { kind: 'dead', reason: 'too large' }, 9_000);
    const id = claimed?.papers[0]?.paper ?? '';
    expect((await explained(store, id, wants())).fate).toMatchObject({
      kind: 'given-up',
      entry: { reason: 'too large' },
    });
  });

  it('tells that it came for another subscription of the channel', async () => {
    const other = wants({ id: 's2', query: 'trees' });
    const store = await archive(wants(), other);
    await announceAt(store, 1_000);
    expect(await explained(store, '10', other)).toMatchObject({
      fate: { kind: 'waiting', isForOther: true, entry: { subscriptions: ['s1'] } },
      match: { matched: false },
    });
  });

  it('tells that more relevant papers filled the day', async () => {
    const few = wants({ maxPapers: 3 });
    const store = await archive(few);
    await announceAt(store, 1_000);
    const sent = new Set((await store.deliveries.claim(claim(9_000))).flatMap(({ papers }) => papers));
    expect(sent.size).toBeGreaterThan(0);
    expect(await explained(store, '17', few)).toMatchObject({
      fate: { kind: 'beyond-cap' },
      rank: { rank: 8, matched: 8, verdict: 'cap', spent: 3 },
    });
  });

  it('tells that the budget of papers a day went to others', async () => {
    const few = wants({ perDay: 2 });
    const store = await archive(few);
    await announceAt(store, 1_000);
    expect((await explained(store, '17', few)).fate).toEqual({ kind: 'beyond-budget' });
  });

  it('tells what does not match from what came too early, from an import, or waits', async () => {
    const store = await archive(wants());
    await store.papers.saveListing(day);
    expect((await explained(store, '10', wants())).fate).toEqual({ kind: 'not-yet' });
    await announceAt(store, 1_000);
    expect((await explained(store, '20', wants())).fate).toEqual({ kind: 'unmatched' });
    const late = wants({ id: 's3', target: 't3', createdAt: 5_000 });
    expect((await explained(store, '10', late)).fate).toEqual({ kind: 'older' });
    const changed = wants({ id: 's4', target: 't4', createdAt: 500 });
    expect((await explained(store, '10', changed)).fate).toEqual({ kind: 'changed' });
    await store.papers.backfill([{ paper: paper({ id: '30', title: 'Gossip' }), announced: '2025-05-01' }]);
    expect(await explained(store, '30', wants())).toMatchObject({
      fate: { kind: 'imported' },
      day: { date: '2025-05-01', imported: true },
    });
  });

  it('tells that the query cannot be read any more', async () => {
    const broken = wants({ query: '"gossip' });
    const store = await archive(broken);
    await announceAt(store, 1_000);
    expect(await explained(store, '10', broken)).toMatchObject({
      fate: { kind: 'unreadable' },
      refused: { column: 1 },
    });
  });

  it('speaks of the day on which it could have matched, not of a later replacement', async () => {
    const store = await archive(wants({ query: 'trees -survey' }));
    await announceAt(store, 1_000);
    const replaced = entry({ id: '20', kind: 'replace', title: 'Trees', abstract: 'A survey.' });
    await store.papers.saveListing(listing([replaced], { date: '2025-05-26' }));
    const found = await explained(store, '20', wants({ query: 'trees -survey' }));
    expect(found.day.date).toBe('2025-05-23');
    expect(found.match?.query).toMatchObject({ holds: false, children: [{ holds: true }, { holds: false }] });
  });
});
