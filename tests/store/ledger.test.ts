import { describe, expect, it } from 'vitest';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { change, claim, delivered, outbox, planned, storeAt, temporaryStore, withTargets } from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.ledger on %s', (kind) => {
  it('tells what became of every promise, the latest first', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2');
    const again = delivered('p1', { occasion: 'replace:2025-05-26', subscriptions: ['s2', 's1'] });
    await store.deliveries.commit(
      outbox([
        planned('t1', ['p1', 'p2'], { due: 5 }),
        planned('t1', ['p1'], { dedupeKey: 'again', date: '2025-05-26', due: 50, papers: [again] }),
        planned('t2', ['p1'], { due: 6 }),
      ]),
    );
    const [first] = await store.deliveries.claim(claim(10));
    await store.deliveries.settle('s1', first?.id ?? '', { kind: 'sent', messageId: 'm1' }, 20);
    const ledger = await store.deliveries.ledger('t1', 'p1');
    expect(ledger).toMatchObject([
      {
        occasion: 'replace:2025-05-26',
        date: '2025-05-26',
        subscriptions: ['s2', 's1'],
        state: 'pending',
        due: 50,
        settledAt: null,
        messageId: null,
      },
      { occasion: 'first', date: '2025-05-23', subscriptions: ['s1'], state: 'sent', settledAt: 20, messageId: 'm1' },
    ]);
    expect(await store.deliveries.ledger('t1', 'p3')).toEqual([]);
  });

  it('tells when the next try is, and what the last one came to', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 5 })]));
    const [first] = await store.deliveries.claim(claim(10));
    await store.deliveries.settle('s1', first?.id ?? '', { kind: 'retry', atMs: 90, reason: 'a 502' }, 20);
    expect(await store.deliveries.ledger('t1', 'p1')).toMatchObject([{ state: 'pending', due: 90, reason: 'a 502' }]);
  });

  it('stays readable where a row is damaged', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'])]));
    await change(url, "update deliveries set papers_json = '[{'");
    expect(await store.deliveries.ledger('t1', 'p1')).toMatchObject([{ state: 'pending', subscriptions: [] }]);
  });
});

describe.each(databaseKinds)('DeliveryStore.sentTo on %s', (kind) => {
  it('lists the papers that were sent since a day, with what they came for', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit(
      outbox([
        planned('t1', ['p1'], { date: '2025-05-20', due: 1 }),
        planned('t1', ['p2', 'p3'], { due: 2 }),
        planned('t2', ['p4'], { due: 3 }),
        planned('t1', ['p5'], { due: 9_000 }),
      ]),
    );
    for (let sent = 0; sent < 3; sent += 1) {
      for (const { id } of await store.deliveries.claim(claim(10))) {
        await store.deliveries.settle('s1', id, { kind: 'sent', messageId: id }, 10);
      }
    }
    expect(await store.deliveries.sentTo('t1', '2025-05-21')).toEqual([
      { paper: 'p2', date: '2025-05-23', subscriptions: ['s1'] },
      { paper: 'p3', date: '2025-05-23', subscriptions: ['s1'] },
    ]);
    expect(await store.deliveries.sentTo('t1', '2025-05-20')).toHaveLength(3);
  });
});
