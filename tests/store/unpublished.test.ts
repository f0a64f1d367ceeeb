import { describe, expect, it } from 'vitest';
import { databaseKinds } from '../builders/temporary-database.ts';
import { claim, hourMs, outbox, planned, subscription, target, temporaryStore } from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.unpublished on %s', (kind) => {
  async function threeSent() {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription({ id: 's1' }), target({ id: 't1', kind: 'announcement' }));
    await store.subscriptions.save(subscription({ id: 's2', target: 't2' }), target({ id: 't2' }));
    await store.deliveries.commit(
      outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 }), planned('t2', ['p1'], { due: 2 })]),
    );
    const message = new Map([
      ['t1 p1', '11'],
      ['t1 p2', '12'],
      ['t2 p1', '21'],
    ]);
    for (let nowMs = 10; nowMs < 12; nowMs++) {
      for (const { id, dedupeKey } of await store.deliveries.claim(claim(nowMs))) {
        await store.deliveries.settle(id, { kind: 'sent', messageId: message.get(dedupeKey) ?? '' }, nowMs);
      }
    }
    return store;
  }

  it('lists what was sent to announcement channels, one a target, longest waiting first', async () => {
    const { deliveries } = await threeSent();
    const [first, ...others] = await deliveries.unpublished(20, 9);
    expect(first).toEqual({ id: expect.any(String), target: 't1', messageId: '11' });
    expect(others).toEqual([]);
    if (first) await deliveries.published(first, null);
    expect(await deliveries.unpublished(20, 9)).toMatchObject([{ messageId: '12' }]);
    expect(await deliveries.unpublished(20, 0)).toEqual([]);
  });

  it('lets a whole target wait', async () => {
    const { deliveries } = await threeSent();
    const [first] = await deliveries.unpublished(20, 9);
    if (first) await deliveries.published(first, hourMs);
    expect(await deliveries.unpublished(hourMs - 1, 9)).toEqual([]);
    expect(await deliveries.unpublished(hourMs, 9)).toMatchObject([{ messageId: '11' }]);
  });

  it('has what comes while its channel waits wait behind the others', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription(), target({ kind: 'announcement' }));
    const post = async (messageId: string, nowMs: number) => {
      await store.deliveries.commit(outbox([planned('t1', [messageId], { due: nowMs })]));
      const [claimed] = await store.deliveries.claim(claim(nowMs, 1));
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
