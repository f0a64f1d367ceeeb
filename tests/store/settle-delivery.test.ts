import { describe, expect, it } from 'vitest';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import {
  claim,
  claimedOne,
  dayMs,
  hourMs,
  keys,
  outbox,
  planned,
  rowsOf,
  storeAt,
  subscription,
  target,
  temporaryStore,
  withTargets,
} from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.settle on %s', (kind) => {
  it('opens the lane when a message was sent', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'sent', messageId: 'm1' }, 11);
    expect(await store.deliveries.counts(11)).toEqual({ pending: 1, due: 1, sent: 1, dead: 0 });
    expect(keys(await store.deliveries.claim(claim(11)))).toEqual(['t1 p2']);
  });

  it('keeps the lane waiting for a retry, and its place in it', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'retry', atMs: 50, reason: '503' }, 11);
    expect(await store.deliveries.claim(claim(49))).toEqual([]);
    expect(await store.deliveries.claim(claim(50))).toMatchObject([
      { dedupeKey: 't1 p1', due: 0, attempts: 1, mayHaveArrived: false },
    ]);
  });

  it('remembers of a retry that it may have arrived', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'retry', atMs: 12, reason: 'reset', mayHaveArrived: true }, 11);
    expect(await store.deliveries.claim(claim(12))).toMatchObject([{ id, attempts: 1, mayHaveArrived: true }]);
  });

  it('leaves alone what another sender has in hand, unless it has arrived', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.adopt('s1');
    await store.leases.take('worker', await store.leases.get('worker'), 's2');
    expect(await store.deliveries.claim({ ...claim(12), sender: 's2' })).toMatchObject([{ id }]);
    await store.deliveries.settle('s1', id, { kind: 'retry', atMs: 12, reason: 'late' }, 12);
    await store.deliveries.settle('s1', id, { kind: 'dead', reason: 'late' }, 12);
    expect(await store.deliveries.claim({ ...claim(13), sender: 's2' })).toEqual([]);
    await store.deliveries.settle('s1', id, { kind: 'sent', messageId: '1' }, 13);
    expect(await store.deliveries.counts(13)).toMatchObject({ pending: 1, sent: 1 });
  });

  it('makes what waits for the end of quiet hours due then', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'wait', untilMs: 60 }, 11);
    expect(keys(await store.deliveries.claim(claim(59)))).toEqual(['t1 p2']);
    const [other] = await store.deliveries.claim(claim(59));
    expect(other).toBeUndefined();
    await store.deliveries.adopt('s1');
    const [second] = await store.deliveries.claim(claim(60));
    await store.deliveries.settle('s1', second?.id ?? '', { kind: 'sent', messageId: 'm2' }, 60);
    expect(await store.deliveries.claim(claim(60))).toMatchObject([{ id, due: 60, attempts: 0, firstTriedAt: null }]);
  });

  it('pauses the target, keeps the delivery, and tells whoever subscribed once', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription({ createdBy: 'u1' }), target());
    await store.subscriptions.save(subscription({ id: 's2', createdBy: 'u1' }), target());
    await store.subscriptions.save(subscription({ id: 's3', createdBy: 'u2' }), target());
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 })]));
    const reason = 'Paperboy may not post there.';
    for (const nowMs of [10, hourMs]) {
      const [claimed] = await store.deliveries.claim(claim(nowMs));
      await store.deliveries.settle(
        's1',
        claimed?.id ?? '',
        { kind: 'pause', reason, mayHaveArrived: nowMs === 10 },
        nowMs,
      );
    }
    expect(await store.targets.get('t1')).toMatchObject({ state: 'paused', pausedReason: reason });
    expect(await store.deliveries.counts(dayMs)).toEqual({ pending: 1, due: 0, sent: 0, dead: 0 });
    const told =
      'Posts to <#t1> were paused: Paperboy may not post there. Once that is mended they go on by themselves.';
    expect((await store.notices.untold('u1')).map(({ text }) => text)).toEqual([told]);
    expect((await store.notices.untold('u2')).map(({ text }) => text)).toEqual([told]);
    await store.targets.resume('t1');
    expect(keys(await store.deliveries.claim(claim(hourMs)))).toEqual(['t1 p1']);
  });

  it('opens a paused target when a try arrives', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
    await store.targets.pause('t1', 'Closed.', 0);
    const [probe] = await store.deliveries.claim(claim(hourMs));
    await store.deliveries.settle('s1', probe?.id ?? '', { kind: 'sent', messageId: '5' }, hourMs);
    expect(await store.targets.get('t1')).toMatchObject({ state: 'active', pausedReason: null });
    expect(keys(await store.deliveries.claim(claim(hourMs)))).toEqual(['t1 p2']);
  });

  it('ends the subscriptions of a target that is gone, gives up its lane, and tells whoever subscribed', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription({ createdBy: 'u1' }), target());
    await withTargets(store, 't2');
    await store.deliveries.commit(
      outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: dayMs }), planned('t2', ['p1'])]),
    );
    const [claimed] = await store.deliveries.claim(claim(10));
    await store.deliveries.settle('s1', claimed?.id ?? '', { kind: 'gone', reason: 'It was deleted.' }, 11);
    expect((await store.subscriptions.list()).map(({ id }) => id)).toEqual(['s-t2']);
    expect(await store.deliveries.counts(11)).toMatchObject({ pending: 1, dead: 2 });
    expect(await store.targets.get('t1')).toMatchObject({ state: 'paused', pausedReason: 'It was deleted.' });
    expect((await store.notices.untold('u1')).map(({ text }) => text)).toEqual([
      'The subscriptions of a channel (id t1) have ended: It was deleted.',
    ]);
  });

  it('opens the lane behind a dead letter', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'dead', reason: 'too long' }, 11);
    expect(await store.deliveries.counts(11)).toMatchObject({ pending: 1, sent: 0, dead: 1 });
    expect(keys(await store.deliveries.claim(claim(12)))).toEqual(['t1 p2']);
  });

  it('changes nothing that was settled before, nor its target', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'sent', messageId: 'm1' }, 11);
    await store.deliveries.settle('s1', id, { kind: 'dead', reason: 'late' }, 12);
    await store.deliveries.settle('s1', id, { kind: 'retry', atMs: 0, reason: 'late' }, 12);
    await store.deliveries.settle('s1', id, { kind: 'pause', reason: 'late' }, 12);
    await store.deliveries.settle('s1', id, { kind: 'gone', reason: 'late' }, 12);
    await store.deliveries.settle('s1', 'unknown', { kind: 'dead', reason: 'late' }, 12);
    expect(await store.deliveries.counts(12)).toMatchObject({ pending: 1, sent: 1, dead: 0 });
    expect(await store.targets.get('t1')).toMatchObject({ state: 'active' });
    expect(await store.subscriptions.list()).toHaveLength(1);
  });

  it('plans no retry further than an hour ahead, whatever the wait that was asked for', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'retry', atMs: 3 * dayMs, reason: 'asked to wait' }, 11);
    expect(await store.deliveries.claim(claim(10 + hourMs))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(11 + hourMs)))).toEqual(['t1 p1']);
  });
});

describe.each(databaseKinds)('DeliveryStore.expire on %s', (kind) => {
  it('gives up what paused targets wait for since before then, and nothing else', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit(
      outbox([
        planned('t1', ['p1'], { due: 1 }),
        planned('t2', ['p1'], { due: 1 }),
        planned('t2', ['p2'], { due: 9 }),
        planned('t2', ['p3'], { due: 10 }),
      ]),
    );
    await store.targets.pause('t2', 'Closed.', 0);
    expect(await store.deliveries.expire(10, 'too old', 20)).toBe(2);
    expect(await store.deliveries.expire(10, 'too old', 21)).toBe(0);
    expect(await store.deliveries.counts(20)).toEqual({ pending: 2, due: 1, sent: 0, dead: 2 });
    expect(await rowsOf(url, 'reason, settled_at', "dedupe_key = 't2 p1'")).toEqual([
      { reason: 'too old', settled_at: 20 },
    ]);
  });

  it('leaves what is being sent to its sender', async () => {
    const { store, id } = await claimedOne(kind);
    await store.targets.pause('t1', 'Closed.', 0);
    expect(await store.deliveries.expire(1, 'too old', dayMs)).toBe(0);
    await store.deliveries.adopt('s1');
    expect(await store.deliveries.expire(1, 'too old', dayMs)).toBe(1);
    await store.deliveries.settle('s1', id, { kind: 'sent', messageId: 'm1' }, dayMs);
    expect(await store.deliveries.counts(dayMs)).toMatchObject({ pending: 1, sent: 0, dead: 1 });
  });
});
