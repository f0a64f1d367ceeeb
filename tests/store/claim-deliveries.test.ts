import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import {
  change,
  claim,
  dayMs,
  keys,
  outbox,
  planned,
  rowsOf,
  silentLog,
  temporaryFile,
  temporaryStore,
  withTargets,
} from './store-builders.ts';

describe('DeliveryStore.claim', () => {
  it('gives what is due, oldest due first, one a target, up to the limit', async () => {
    const store = await temporaryStore();
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
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(
      outbox([planned('t1', ['p3'], { due: 2 }), planned('t1', ['p1'], { due: 1 }), planned('t1', ['p2'], { due: 1 })]),
    );
    const sent: string[] = [];
    for (let round = 0; round < 3; round++) {
      const [next] = await store.deliveries.claim(claim(5));
      sent.push(next?.dedupeKey ?? 'none');
      expect(await store.deliveries.claim(claim(5))).toEqual([]);
      await store.deliveries.settle(next?.id ?? '', { kind: 'sent', messageId: `m${round}` }, 5);
    }
    expect(sent).toEqual(['t1 p1', 't1 p2', 't1 p3']);
  });

  it('gives a delivery out again once its lease has run out, and counts', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
    expect(await store.deliveries.claim(claim(0))).toMatchObject([{ dedupeKey: 't1 p1', attempts: 0 }]);
    expect(await store.deliveries.claim(claim(99))).toEqual([]);
    expect(await store.deliveries.claim(claim(100))).toMatchObject([{ dedupeKey: 't1 p1', attempts: 1 }]);
  });

  it('lets no delivery overtake one that is being sent, however early it was due', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p2'], { due: 5 })]));
    await store.deliveries.claim(claim(10));
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 1 })]));
    expect(await store.deliveries.claim(claim(10))).toEqual([]);
  });

  it('leaves paused targets out until they resume', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit(outbox([planned('t1', ['p1']), planned('t2', ['p1'])]));
    await store.targets.pause('t1', 'Gone.');
    expect(keys(await store.deliveries.claim(claim(1_000)))).toEqual(['t2 p1']);
    await store.targets.resume('t1');
    expect(keys(await store.deliveries.claim(claim(1_000)))).toEqual(['t1 p1']);
  });

  it('never gives one lane to two connections', async () => {
    const path = temporaryFile();
    const [one, two] = [await temporaryStore(path), await temporaryStore(path)];
    const lanes = Array.from({ length: 12 }, (_, index) => `t${index}`);
    await withTargets(one, ...lanes);
    await one.deliveries.commit(outbox(lanes.flatMap((lane) => [planned(lane, ['p1']), planned(lane, ['p2'])])));
    const rounds = await Promise.all(
      [one, two, one, two].map((store) => store.deliveries.claim({ nowMs: 1_000, leaseMs: 100, limit: 4 })),
    );
    const claimed = rounds.flat().map(({ target }) => target);
    expect(claimed).toHaveLength(12);
    expect(new Set(claimed)).toEqual(new Set(lanes));
  });

  it('does not believe the lease of a clock that was ahead', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
    await store.deliveries.claim(claim(30 * dayMs));
    expect(keys(await store.deliveries.claim(claim(10)))).toEqual(['t1 p1']);
    // The lease it got instead holds.
    expect(await store.deliveries.claim(claim(11))).toEqual([]);
  });

  it('believes the lease of a sender that overtook this one on the way to the database', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 })]));
    await store.deliveries.claim(claim(50));
    // Its now was read before it waited for the lock.
    expect(await store.deliveries.claim(claim(1))).toEqual([]);
  });

  it('does not wait for a retry that only a clock that was ahead can have planned', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 })]));
    const [claimed] = await store.deliveries.claim(claim(30 * dayMs));
    await store.deliveries.settle(
      claimed?.id ?? '',
      { kind: 'retry', atMs: 30 * dayMs + 5, reason: '503' },
      30 * dayMs,
    );
    expect(keys(await store.deliveries.claim(claim(10)))).toEqual(['t1 p1']);
  });

  it('waits for what is due in two days', async () => {
    const store = await temporaryStore();
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 2 * dayMs })]));
    expect(await store.deliveries.claim(claim(10))).toEqual([]);
    expect(keys(await store.deliveries.claim(claim(2 * dayMs)))).toEqual(['t1 p1']);
  });

  it.each([
    ['no JSON', '[{'],
    ['of another shape', '[{"paper":1}]'],
  ])('gives up a row that is %s, says so, and goes on with the rest', async (_what, damaged) => {
    const path = temporaryFile();
    const said: string[] = [];
    const log = { ...silentLog, error: (_fields: object, message: string) => void said.push(message) };
    const store = await openStore(`sqlite:${path}`, { log });
    onTestFinished(() => store.close());
    await withTargets(store, 't1', 't2');
    await store.deliveries.commit(
      outbox([planned('t1', ['p1'], { due: 1 }), planned('t1', ['p2'], { due: 2 }), planned('t2', ['p1'], { due: 3 })]),
    );
    change(path, `update deliveries set papers_json = '${damaged}' where dedupe_key = 't1 p1'`);
    expect(keys(await store.deliveries.claim(claim(10)))).toEqual(['t2 p1']);
    expect(rowsOf(path, 'state, reason, settled_at, leased_until', "dedupe_key = 't1 p1'")).toEqual([
      {
        state: 'dead',
        reason: expect.stringMatching(/papers_json cannot be read/),
        settled_at: 10,
        leased_until: null,
      },
    ]);
    expect(said).toEqual([expect.stringMatching(/^deliver: .* was given up: store: .*papers_json cannot be read/)]);
    expect(keys(await store.deliveries.claim(claim(10)))).toEqual(['t1 p2']);
  });

  it('gives what is behind a row that cannot be read, rather than nothing', async () => {
    const path = temporaryFile();
    const store = await temporaryStore(path);
    await withTargets(store, 't1');
    await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 1 }), planned('t1', ['p2'], { due: 2 })]));
    change(path, "update deliveries set papers_json = '[{' where dedupe_key = 't1 p1'");
    expect(keys(await store.deliveries.claim(claim(10, 1)))).toEqual(['t1 p2']);
  });
});
