import { describe, expect, it } from 'vitest';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import {
  change,
  claim,
  claimedOne,
  dayMs,
  hourMs,
  keys,
  outbox,
  planned,
  rowsOf,
  silentLog,
  storeAt,
  target,
  subscription,
  temporaryStore,
  withTargets,
} from './store-builders.ts';

describe.each(databaseKinds)('DeliveryStore.claim on %s', (kind) => {
  it('gives what is due, oldest due first, one a target, up to the limit', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2', 't3', 't4');
    await store.deliveries.commit(
      outbox([
        planned('t1', ['p1'], { due: 30 }),
        planned('t1', ['p2'], { due: 20 }),
        planned('t2', ['p1'], { due: 10 }),
        planned('t3', ['p1'], { due: 20 }),
        planned('t4', ['p1'], { due: 99 }),
      ]),
    );
    expect(await store.deliveries.claim(claim(9))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(50, 2)))).toEqual(['t2 p1', 't1 p2']);
    expect(keys(await store.deliveries.claim(claim(50, 2)))).toEqual(['t3 p1']);
  });

  it('keeps the order of a lane: by due time, then by creation', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(
      outbox([planned('t1', ['p3'], { due: 2 }), planned('t1', ['p1'], { due: 1 }), planned('t1', ['p2'], { due: 1 })]),
    );
    const sent: string[] = [];
    for (let round = 0; round < 3; round++) {
      const [next] = await store.deliveries.claim(claim(5));
      sent.push(next?.dedupeKey ?? 'none');
      expect(await store.deliveries.claim(claim(5))).toEqual([]);
      await store.deliveries.settle('s1', next?.id ?? '', { kind: 'sent', messageId: `m${round}` }, 5);
    }
    expect(sent).toEqual(['t1 p1', 't1 p2', 't1 p3']);
  });

  it('says where it goes, how often and since when it was tried, and what arrived before it', async () => {
    const store = await temporaryStore(kind);
    await store.subscriptions.save(subscription(), target({ kind: 'forum', guildId: 'g1' }));
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
    const place = { kind: 'forum', guildId: 'g1' };
    const [first] = await store.deliveries.claim(claim(10));
    expect(first).toMatchObject({ place, attempts: 0, firstTriedAt: null, mayHaveArrived: false, after: null });
    await store.deliveries.settle('s1', first?.id ?? '', { kind: 'retry', atMs: 20, reason: '503' }, 11);
    const [again] = await store.deliveries.claim(claim(20));
    expect(again).toMatchObject({ id: first?.id, attempts: 1, firstTriedAt: 10, mayHaveArrived: false, after: null });
    await store.deliveries.settle('s1', first?.id ?? '', { kind: 'sent', messageId: '77' }, 21);
    const [second] = await store.deliveries.claim(claim(30));
    expect(second).toMatchObject({ dedupeKey: 't1 p2', attempts: 0, firstTriedAt: null, after: '77' });
  });

  it('refuses whoever does not hold the lease', async () => {
    const { store } = await claimedOne(kind);
    const refusal = { code: 'lease-lost', message: expect.stringContaining('another process has taken over') };
    await expect(store.deliveries.claim({ ...claim(20), sender: 's2' })).rejects.toMatchObject(refusal);
    await store.leases.take('worker', await store.leases.get('worker'), 's2');
    await expect(store.deliveries.claim(claim(20))).rejects.toMatchObject(refusal);
    await expect(store.deliveries.adopt('s1')).rejects.toMatchObject(refusal);
    await store.leases.release('worker', 's2');
    await expect(store.deliveries.claim(claim(20))).rejects.toMatchObject(refusal);
  });

  it('gives what a dead sender left out again once that is adopted, and says that it may have arrived', async () => {
    const { store } = await claimedOne(kind);
    expect(await store.deliveries.claim(claim(99 * dayMs))).toEqual([]);
    expect(await store.deliveries.adopt('s1')).toBe(1);
    expect(await store.deliveries.adopt('s1')).toBe(0);
    expect(await store.deliveries.claim(claim(11))).toMatchObject([
      { dedupeKey: 't1 p1', attempts: 1, firstTriedAt: 10, mayHaveArrived: true },
    ]);
  });

  it('lets no delivery overtake one that is being sent, however early it was due', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p2'], { due: 5 })]));
    await store.deliveries.claim(claim(10));
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 1 })]));
    expect(await store.deliveries.claim(claim(10))).toEqual([]);
  });

  it('leaves paused targets out until they resume', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit(outbox([planned('t1', ['p1']), planned('t2', ['p1'])]));
    await store.targets.pause('t1', 'Gone.', 1_000);
    expect(keys(await store.deliveries.claim(claim(1_000)))).toEqual(['t2 p1']);
    await store.targets.resume('t1');
    expect(keys(await store.deliveries.claim(claim(1_000)))).toEqual(['t1 p1']);
  });

  it('tries a paused target now and then, with one delivery', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
    await store.targets.pause('t1', 'Closed.', 0);
    expect(await store.deliveries.claim(claim(10 * 60_000 - 1))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(10 * 60_000)))).toEqual(['t1 p1']);
    expect(await store.deliveries.claim(claim(10 * 60_000))).toEqual([]);
  });

  it('waits until Discord takes a message for a target again', async () => {
    const { store, id } = await claimedOne(kind);
    await store.deliveries.settle('s1', id, { kind: 'sent', messageId: '1', laneOpensAtMs: 500 }, 11);
    expect(await store.deliveries.claim(claim(499))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(500)))).toEqual(['t1 p2']);
  });

  it('never gives one lane to two claims at the same time', async () => {
    const url = await temporaryDatabase(kind);
    const [one, two] = [await storeAt(url), await storeAt(url)];
    const lanes = Array.from({ length: 12 }, (_, index) => `t${index}`);
    await withTargets(one, ...lanes);
    await one.deliveries.commit(outbox(lanes.flatMap((lane) => [planned(lane, ['p1']), planned(lane, ['p2'])])));
    const rounds = await Promise.all([one, two, one, two].map((store) => store.deliveries.claim(claim(1_000, 4))));
    const claimed = rounds.flat().map((delivery) => delivery.target);
    expect(claimed).toHaveLength(12);
    expect(new Set(claimed)).toEqual(new Set(lanes));
  });

  it('gives nothing away that was given up at the same time', async () => {
    const url = await temporaryDatabase(kind);
    const [one, two] = [await storeAt(url), await storeAt(url)];
    const lanes = Array.from({ length: 20 }, (_, index) => `t${index}`);
    await withTargets(one, ...lanes);
    await one.deliveries.commit(outbox(lanes.map((lane) => planned(lane, ['p1'], { due: 1 }))));
    for (const lane of lanes) await one.targets.pause(lane, 'Closed.', 0);
    const probeAt = 10 * 60_000;
    const claims = Array.from({ length: 5 }, () => one.deliveries.claim(claim(probeAt, 2)));
    const [claimed, expired] = await Promise.all([Promise.all(claims), two.deliveries.expire(10, 'too old', probeAt)]);
    expect(claimed.flat().length + expired).toBe(20);
    expect(await one.deliveries.counts(probeAt)).toMatchObject({ pending: 20 - expired, dead: expired });
  });

  it('does not wait for a retry that only a clock that was ahead can have planned', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 })]));
    const [claimed] = await store.deliveries.claim(claim(30 * dayMs));
    await store.deliveries.settle(
      's1',
      claimed?.id ?? '',
      { kind: 'retry', atMs: 30 * dayMs + 5, reason: '503' },
      30 * dayMs,
    );
    expect(keys(await store.deliveries.claim(claim(10)))).toEqual(['t1 p1']);
    // One that can be is waited for.
    await store.deliveries.settle('s1', claimed?.id ?? '', { kind: 'retry', atMs: hourMs, reason: '503' }, 10);
    expect(await store.deliveries.claim(claim(11))).toEqual([]);
  });

  it('waits for what is due in two days', async () => {
    const store = await temporaryStore(kind);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 2 * dayMs })]));
    expect(await store.deliveries.claim(claim(10))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(2 * dayMs)))).toEqual(['t1 p1']);
  });

  it.each([
    ['no JSON', '[{'],
    ['of another shape', '[{"paper":1}]'],
  ])('gives up a row that is %s, says so, and goes on with the rest', async (_what, damaged) => {
    const url = await temporaryDatabase(kind);
    const said: string[] = [];
    const log = { ...silentLog, error: (_fields: object, message: string) => void said.push(message) };
    const store = await storeAt(url, log);
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit(
      outbox([planned('t1', ['p1'], { due: 1 }), planned('t1', ['p2'], { due: 2 }), planned('t2', ['p1'], { due: 3 })]),
    );
    await change(url, `update deliveries set papers_json = '${damaged}' where dedupe_key = 't1 p1'`);
    expect(keys(await store.deliveries.claim(claim(10)))).toEqual(['t2 p1']);
    expect(await rowsOf(url, 'state, reason, settled_at, sender', "dedupe_key = 't1 p1'")).toEqual([
      { state: 'dead', reason: expect.stringMatching(/papers_json cannot be read/), settled_at: 10, sender: null },
    ]);
    expect(said).toEqual([expect.stringMatching(/^deliver: .* was given up: store: .*papers_json cannot be read/)]);
    expect(keys(await store.deliveries.claim(claim(10)))).toEqual(['t1 p2']);
  });

  it('gives what is behind a row that cannot be read, rather than nothing', async () => {
    const url = await temporaryDatabase(kind);
    const store = await storeAt(url);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 1 }), planned('t1', ['p2'], { due: 2 })]));
    await change(url, "update deliveries set papers_json = '[{' where dedupe_key = 't1 p1'");
    expect(keys(await store.deliveries.claim(claim(10, 1)))).toEqual(['t1 p2']);
  });
});
