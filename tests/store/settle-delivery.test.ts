import { describe, expect, it } from 'vitest';
import {
  claim,
  claimedOne,
  dayMs,
  keys,
  outbox,
  planned,
  rowsOf,
  temporaryFile,
  temporaryStore,
  withTargets,
} from './store-builders.ts';

describe('DeliveryStore.settle', () => {
  it('opens the lane when a message was sent', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'sent', messageId: 'm1' }, 11);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 1, dead: 0 });
    expect(keys(await store.deliveries.claim(claim(11)))).toEqual(['t1 p2']);
  });

  it('keeps the lane waiting for a retry, and its place in it', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'retry', atMs: 50, reason: '503' }, 11);
    expect(await store.deliveries.claim(claim(49))).toEqual([]);
    expect(await store.deliveries.claim(claim(50))).toMatchObject([{ dedupeKey: 't1 p1', due: 0, attempts: 1 }]);
  });

  it('pauses the target and keeps the delivery', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'pause', reason: 'Paperboy may not post there.' }, 11);
    expect(await store.targets.get('t1')).toMatchObject({
      state: 'paused',
      pausedReason: 'Paperboy may not post there.',
    });
    expect(await store.deliveries.counts()).toEqual({ pending: 2, sent: 0, dead: 0 });
    await store.targets.resume('t1');
    expect(keys(await store.deliveries.claim(claim(12)))).toEqual(['t1 p1']);
  });

  it('opens the lane behind a dead letter', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'dead', reason: 'too long' }, 11);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 0, dead: 1 });
    expect(keys(await store.deliveries.claim(claim(12)))).toEqual(['t1 p2']);
  });

  it('changes nothing that was settled before, nor its target', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'sent', messageId: 'm1' }, 11);
    await store.deliveries.settle(id, { kind: 'dead', reason: 'late' }, 12);
    await store.deliveries.settle(id, { kind: 'retry', atMs: 0, reason: 'late' }, 12);
    await store.deliveries.settle(id, { kind: 'pause', reason: 'late' }, 12);
    await store.deliveries.settle('unknown', { kind: 'dead', reason: 'late' }, 12);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 1, dead: 0 });
    expect(await store.targets.get('t1')).toMatchObject({ state: 'active' });
  });

  it('plans no retry further than a day ahead, whatever the wait that was asked for', async () => {
    const { store, id } = await claimedOne();
    await store.deliveries.settle(id, { kind: 'retry', atMs: 3 * dayMs, reason: 'asked to wait' }, 11);
    expect(await store.deliveries.claim(claim(10 + dayMs))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(11 + dayMs)))).toEqual(['t1 p1']);
  });
});

describe('DeliveryStore.expire', () => {
  it('gives up what is pending and was due before then, of paused targets too, and nothing else', async () => {
    const path = temporaryFile();
    const store = await temporaryStore(path);
    await withTargets(store, 't1', 't2', 't3');
    await store.deliveries.commit(
      outbox([
        planned('t1', ['p1'], { due: 1 }),
        planned('t1', ['p2'], { due: 9 }),
        planned('t1', ['p3'], { due: 10 }),
        planned('t2', ['p1'], { due: 1 }),
        planned('t3', ['p1'], { due: 1 }),
      ]),
    );
    await store.targets.pause('t2', 'Gone.');
    const claimed = await store.deliveries.claim(claim(1));
    const sent = claimed.find(({ target }) => target === 't3');
    const failed = claimed.find(({ target }) => target === 't1');
    await store.deliveries.settle(sent?.id ?? '', { kind: 'sent', messageId: 'm1' }, 2);
    await store.deliveries.settle(failed?.id ?? '', { kind: 'retry', atMs: 3, reason: '503' }, 2);

    expect(await store.deliveries.expire(10, 'too old', 20)).toBe(3);
    expect(await store.deliveries.expire(10, 'too old', 21)).toBe(0);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 1, dead: 3 });
    expect(keys(await store.deliveries.claim(claim(20)))).toEqual(['t1 p3']);
    expect(rowsOf(path, 'reason, settled_at', "dedupe_key = 't2 p1'")).toEqual([{ reason: 'too old', settled_at: 20 }]);
  });

  it('leaves what is being sent to its sender, until that lease has run out', async () => {
    const { store, id } = await claimedOne();
    expect(await store.deliveries.expire(1, 'too old', 109)).toBe(0);
    expect(await store.deliveries.expire(1, 'too old', 110)).toBe(1);
    await store.deliveries.settle(id, { kind: 'sent', messageId: 'm1' }, 111);
    expect(await store.deliveries.counts()).toEqual({ pending: 1, sent: 0, dead: 1 });
  });

  it('is not held up by the lease of a clock that was ahead', async () => {
    const { store } = await claimedOne();
    await store.deliveries.claim({ nowMs: 30 * dayMs, leaseMs: 100, limit: 1 });
    expect(await store.deliveries.expire(1, 'too old', 20)).toBe(1);
  });
});
