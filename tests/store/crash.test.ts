import { StatementSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/domain/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { entry, listing, planned, silentLog, temporaryFile, temporaryStore, withTargets } from './store-builders.ts';

const archive = 'cs.DC';
const date = '2025-05-23';
const day = listing(['p1', 'p2'].map((id) => entry({ id })));
const plans = [planned('t1', ['p1']), planned('t1', ['p2']), planned('t2', ['p1', 'p2'], { style: 'digest' })];
const everything = plans.flatMap(({ target, papers }) => papers.map(({ paper }) => `${target} ${paper}`)).toSorted();

/** Every (target, paper) that arrived, by the id of its delivery: as Discord does, the same id twice is one message. */
type Arrived = Map<string, readonly string[]>;

/** A morning: read, match, promise, send. Every lease of an earlier run has run out. */
async function morning(store: Store, nowMs: number, arrived: Arrived): Promise<void> {
  await store.papers.saveListing(day);
  await store.days.save({ archive, date, state: 'complete', papers: 2, source: 'text', triedAt: nowMs });
  const papers = (await store.papers.unmatched(archive, date)).map(({ paper }) => paper.id);
  // The plan of a run holds what that run found unmatched.
  const deliveries = papers.length > 0 ? plans : [];
  await store.deliveries.commit({ archive, date, papers, deliveries, nowMs });
  for (;;) {
    const claimed = await store.deliveries.claim({ nowMs, leaseMs: 100, limit: 2 });
    if (claimed.length === 0) return;
    for (const delivery of claimed) {
      arrived.set(
        delivery.id,
        delivery.papers.map(({ paper }) => `${delivery.target} ${paper}`),
      );
      await store.deliveries.settle(delivery.id, { kind: 'sent', messageId: `m ${delivery.id}` }, nowMs);
    }
  }
}

/**
 * Lets SQLite run `writes` more statements that are no select, and nothing after them: as if the process had died there.
 * Returns how to let it live again.
 */
function stopAfter(writes: number): () => void {
  let left = writes;
  const counted = (statement: StatementSync, run: () => unknown): unknown => {
    if (left <= 0) throw new Error('stopped');
    const result = run();
    if (/^\s*select/i.test(statement.sourceSQL)) return result;
    left -= 1;
    if (left === 0) throw new Error('stopped');
    return result;
  };
  const originals = ['run', 'all'].map((name) => {
    const original: (...values: unknown[]) => unknown = Reflect.get(StatementSync.prototype, name);
    Reflect.set(StatementSync.prototype, name, function stopping(this: StatementSync, ...values: unknown[]) {
      return counted(this, () => Reflect.apply(original, this, values));
    });
    return [name, original] as const;
  });
  return () => void Object.assign(StatementSync.prototype, Object.fromEntries(originals));
}

describe('the store of a process that dies', () => {
  it('after any write of the morning, lets the next run bring everything exactly once', async () => {
    let stops = 0;
    for (let writes = 1, finished = false; !finished; writes++) {
      const path = temporaryFile();
      const first = await openStore(`sqlite:${path}`, { log: silentLog });
      await withTargets(first, 't1', 't2');
      const arrived: Arrived = new Map();
      const live = stopAfter(writes);
      finished = await morning(first, 1_000, arrived).then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ message: 'stopped' });
          return false;
        },
      );
      live();
      // Closing rolls back whatever was open, as opening the file does after a death.
      await first.close();
      stops += finished ? 0 : 1;

      const second = await temporaryStore(path);
      const { pending, sent } = await second.deliveries.counts();
      expect([0, plans.length]).toContain(pending + sent);
      const isCommitted = pending + sent > 0;
      expect(await second.papers.unmatched(archive, date)).toHaveLength(
        isCommitted ? 0 : (await second.papers.byIds(['p1', 'p2'])).length,
      );
      expect(await second.deliveries.promised('t2', ['p1', 'p2'])).toHaveLength(isCommitted ? 2 : 0);

      await morning(second, 2_000, arrived);
      expect([...arrived.values()].flat().toSorted()).toEqual(everything);
      expect(await second.deliveries.counts()).toEqual({ pending: 0, sent: plans.length, dead: 0 });
      expect(await second.days.get(archive, date)).toMatchObject({ matchedAt: expect.any(Number) });
      expect(await second.papers.search({ query: 'ecosystem' })).toMatchObject({ value: { total: { value: 2 } } });
    }
    // Two papers, one day, three deliveries: it has really been stopped everywhere.
    expect(stops).toBeGreaterThan(30);
  }, 60_000);
});
