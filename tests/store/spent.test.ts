import { describe, expect, it } from 'vitest';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import {
  change,
  claim,
  claimedOne,
  delivered,
  outbox,
  planned,
  storeAt,
  temporaryStore,
  withTargets,
} from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.spent on %s', (kind) => {
  it('counts the papers of that day for every subscription that wanted them', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2');
    const shared = [delivered('p1', { subscriptions: ['s1', 's2'] }), delivered('p2', { subscriptions: ['s2'] })];
    await store.deliveries.commit(
      outbox([
        planned('t1', [], { dedupeKey: 'digest', style: 'digest', papers: shared }),
        planned('t1', ['p3']),
        planned('t2', [], { dedupeKey: 'card', papers: [delivered('p1', { subscriptions: ['s3'] })] }),
        planned('t2', [], { dedupeKey: 'later', date: '2025-05-24', papers: [delivered('p4')] }),
      ]),
    );
    expect(await store.deliveries.spent('2025-05-23')).toEqual(
      new Map([
        ['s1', 2],
        ['s2', 2],
        ['s3', 1],
      ]),
    );
    expect(await store.deliveries.spent('2025-05-24')).toEqual(new Map([['s1', 1]]));
    expect(await store.deliveries.spent('2025-05-25')).toEqual(new Map());
  });

  it('counts what was sent, and nothing that was given up', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle(id, { kind: 'sent', messageId: 'm1' }, 11);
    const [second] = await store.deliveries.claim(claim(11));
    expect(await store.deliveries.spent('2025-05-23')).toEqual(new Map([['s1', 2]]));
    await store.deliveries.settle(second?.id ?? '', { kind: 'dead', reason: 'refused' }, 12);
    expect(await store.deliveries.spent('2025-05-23')).toEqual(new Map([['s1', 1]]));
  });

  it('leaves out a row that cannot be read', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1']), planned('t1', ['p2'])]));
    await change(url, "update deliveries set papers_json = '[{' where dedupe_key = 't1 p1'");
    expect(await store.deliveries.spent('2025-05-23')).toEqual(new Map([['s1', 1]]));
  });
});
