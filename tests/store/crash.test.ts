import { aReading } from '../builders/domain.ts';
import { StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { entry, listing, planned, silentLog, withTargets } from './store-builders.ts';

const archive = 'cs.DC';
const date = '2025-05-23';
const day = listing(['p1', 'p2'].map((id) => entry({ id })));
const plans = [planned('t1', ['p1']), planned('t1', ['p2']), planned('t2', ['p1', 'p2'], { style: 'digest' })];
const everything = plans.flatMap(({ target, papers }) => papers.map(({ paper }) => `${target} ${paper}`)).toSorted();

const noPapers = { zero: 0, from: 0, counts: [] };

/** Every (target, paper) that arrived, by the id of its delivery: as Discord does, the same id twice is one message. */
type Arrived = Map<string, readonly string[]>;

/** A morning of one process: take over, read, match, promise, send. */
async function morning(store: Store, sender: string, nowMs: number, arrived: Arrived): Promise<void> {
  await store.leases.take('worker', await store.leases.get('worker'), sender);
  await store.deliveries.adopt(sender);
  await store.papers.saveListing(day);
  await store.days.save(aReading({ archive, date, papers: 2, triedAt: nowMs }));
  const papers = (await store.papers.unmatched(archive, date)).map(({ paper }) => paper.id);
  // The plan of a run holds what that run found unmatched.
  const deliveries = papers.length > 0 ? plans : [];
  const window = { begun: date, current: { zero: papers.length, from: 0, counts: [] }, earlier: noPapers };
  const known = (await store.calibrations.of(['s-t1'])).get('s-t1');
  const counted = { subscription: 's-t1', basis: 'b', window, volume: null, revision: known?.revision ?? 0 };
  await store.deliveries.commit({
    archive,
    date,
    papers,
    deliveries,
    calibrations: papers.length > 0 ? [counted] : [],
    nowMs,
  });
  for (;;) {
    const claimed = await store.deliveries.claim({ sender, nowMs, limit: 2 });
    if (claimed.length === 0) break;
    for (const delivery of claimed) {
      arrived.set(
        delivery.id,
        delivery.papers.map(({ paper }) => `${delivery.target} ${paper}`),
      );
      await store.deliveries.settle('s1', delivery.id, { kind: 'sent', messageId: `m ${delivery.id}` }, nowMs);
    }
  }
  await store.leases.release('worker', sender);
}

type Method = (...values: unknown[]) => unknown;

/**
 * Lets databases run `writes` more statements that are no select, and nothing after them: as if the process had died there.
 * Returns how to let them live again.
 */
function stopAfter(writes: number): () => void {
  let left = writes;
  const refuseIfStopped = () => {
    if (left <= 0) throw new Error('stopped');
  };
  const count = (sql: string) => {
    if (!/^\s*select/i.test(sql)) left -= 1;
    refuseIfStopped();
  };
  const replaced: (() => void)[] = [];
  function replace(
    prototype: object,
    name: string,
    wrap: (self: object, original: Method, values: unknown[]) => unknown,
  ) {
    const original: Method = Reflect.get(prototype, name);
    Reflect.set(prototype, name, function stopping(this: object, ...values: unknown[]) {
      return wrap(this, original, values);
    });
    replaced.push(() => void Reflect.set(prototype, name, original));
  }
  for (const name of ['run', 'all']) {
    replace(StatementSync.prototype, name, (self, original, values) => {
      refuseIfStopped();
      const result = Reflect.apply(original, self, values);
      count(String(Reflect.get(self, 'sourceSQL')));
      return result;
    });
  }
  replace(Client.prototype, 'query', async (self, original, values) => {
    refuseIfStopped();
    const result = await Reflect.apply(original, self, values);
    count(String(values[0]));
    return result;
  });
  return () => replaced.forEach((restore) => restore());
}

describe.each(databaseKinds)('the store of a process that dies, on %s', (kind) => {
  it('after any write of the morning, lets the next run bring everything exactly once', async () => {
    let stops = 0;
    for (let writes = 1, finished = false; !finished; writes++) {
      const url = await temporaryDatabase(kind);
      const first = await openStore(url, { log: silentLog });
      await withTargets(first, 't1', 't2');
      const arrived: Arrived = new Map();
      const live = stopAfter(writes);
      finished = await morning(first, 's1', 1_000, arrived)
        .then(
          () => true,
          (error: unknown) => {
            expect(error).toMatchObject({ message: 'stopped' });
            return false;
          },
        )
        .finally(live);
      // Closing rolls back whatever was open, as the end of a process does.
      await first.close();
      stops += finished ? 0 : 1;

      const second = await openStore(url, { log: silentLog });
      const { pending, sent } = await second.deliveries.counts(1_000);
      expect([0, plans.length]).toContain(pending + sent);
      const isCommitted = pending + sent > 0;
      expect(await second.papers.unmatched(archive, date)).toHaveLength(
        isCommitted ? 0 : (await second.papers.byIds(['p1', 'p2'])).length,
      );
      expect(await second.deliveries.promised('t2', ['p1', 'p2'])).toHaveLength(isCommitted ? 2 : 0);
      expect((await second.calibrations.of(['s-t1'])).size).toBe(isCommitted ? 1 : 0);

      await morning(second, 's2', 2_000, arrived);
      expect([...arrived.values()].flat().toSorted()).toEqual(everything);
      expect(await second.deliveries.counts(2_000)).toEqual({ pending: 0, due: 0, sent: plans.length, dead: 0 });
      expect(await second.days.get(archive, date)).toMatchObject({ matchedAt: expect.any(Number) });
      expect((await second.calibrations.of(['s-t1'])).get('s-t1')).toMatchObject({
        window: { current: { zero: 2 } },
        revision: 1,
      });
      expect(await second.papers.search({ query: 'ecosystem' })).toMatchObject({ value: { total: { value: 2 } } });
      await second.close();
    }
    // Two papers, one day, three deliveries: it has really been stopped everywhere.
    expect(stops).toBeGreaterThan(30);
  }, 120_000);
});
