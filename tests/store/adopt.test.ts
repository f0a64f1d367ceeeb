import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { outbox, planned, silentLog, subscription, target } from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.adopt on %s', (database) => {
  it('has posts of forums wait, and what Discord knows by its nonce go at once', async () => {
    const store = await openStore(await temporaryDatabase(database), { log: silentLog });
    onTestFinished(() => store.close());
    await store.leases.take('worker', null, 'us');
    for (const kind of ['forum', 'channel'] as const) {
      await store.subscriptions.save(subscription({ id: kind, target: kind }), target({ id: kind, kind }));
      await store.deliveries.commit(outbox([planned(kind, ['p1'], { due: 0 })]));
    }
    const claim = (nowMs: number) => store.deliveries.claim({ sender: 'us', nowMs, limit: 10 });
    expect(await claim(10)).toHaveLength(2);
    expect(await store.deliveries.adopt('us', 500)).toBe(2);
    expect(await claim(20)).toMatchObject([{ target: 'channel', mayHaveArrived: true }]);
    expect(await claim(499)).toEqual([]);
    expect(await claim(500)).toMatchObject([{ target: 'forum', mayHaveArrived: true }]);
  });
});
