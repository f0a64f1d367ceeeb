import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { outbox, planned, silentLog, subscription, target } from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.unpublished on %s', (database) => {
  it('has what comes while its channel waits wait behind the others', async () => {
    const store = await openStore(await temporaryDatabase(database), { log: silentLog });
    onTestFinished(() => store.close());
    await store.leases.take('worker', null, 'us');
    await store.subscriptions.save(subscription(), target({ kind: 'announcement' }));
    const post = async (messageId: string, nowMs: number) => {
      await store.deliveries.commit(outbox([planned('t1', [messageId], { due: nowMs })]));
      const [claimed] = await store.deliveries.claim({ sender: 'us', nowMs, limit: 1 });
      await store.deliveries.settle(claimed?.id ?? '', { kind: 'sent', messageId }, nowMs);
    };
    const waiting = async (nowMs: number) =>
      (await store.deliveries.unpublished(nowMs, 10)).map(({ messageId }) => messageId);
    await post('m1', 1_000);
    expect(await waiting(1_000)).toEqual(['m1']);
    const [first] = await store.deliveries.unpublished(1_000, 1);
    if (!first) throw new Error('m1 does not wait');
    await store.deliveries.published(first, 5_000);
    await post('m2', 2_000);
    expect(await waiting(4_999)).toEqual([]);
    expect(await waiting(5_000)).toEqual(['m1']);
    await store.deliveries.published(first, null);
    expect(await waiting(5_000)).toEqual(['m2']);
  });
});
