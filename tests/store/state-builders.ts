import { aReading } from '../builders/domain.ts';
import { onTestFinished } from 'vitest';
import { batchesOf, stateTables } from '../../src/store/copy-tables.ts';
import type { DatabaseKind } from '../../src/store/dialect.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import type { Database } from '../../src/store/open-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { restoredAt } from '../../src/store/restored.ts';
import { temporaryDatabase } from '../builders/temporary-database.ts';
import { entry, listing, outbox, planned, silentLog, withTargets } from './store-builders.ts';

/** An open database, closed after the test. */
export async function opened(url: string): Promise<Database> {
  const database = await openDatabase(url, { log: silentLog });
  onTestFinished(() => database.db.destroy());
  return database;
}

const scores = { zero: 1, from: -2, counts: [3] };
const window = { begun: '2025-05-23', current: scores, earlier: scores };

/** A new database that holds rows in every table, with accents, formulas, empty texts and nulls. */
export async function filledDatabase(kind: DatabaseKind, papers = 3): Promise<string> {
  const url = await temporaryDatabase(kind);
  const store = await openStore(url, { log: silentLog });
  await withTargets(store, 't1', 't2');
  const entries = Array.from({ length: papers }, (_, index) =>
    entry({
      id: `2505.${String(10_000 + index)}`,
      title: `Über gossip in $O(n\\Delta^${index})$ rounds 🗞`,
      abstract: index % 2 === 0 ? null : 'Line one.\n\n“Line two”; drop table papers',
      authors: ['Jürgen O’Hara', '王小明'],
      comments: index === 0 ? '' : 'withdrawn',
      withdrawn: index === 1,
    }),
  );
  await store.papers.saveListing(listing(entries));
  await store.deliveries.commit({
    ...outbox([planned('t1', ['p1', 'p2']), planned('t1', ['p3'], { due: 2_000 }), planned('t2', ['p1'])]),
    calibrations: [{ subscription: 's-t1', basis: 'b', window, volume: null, revision: 0 }],
  });
  await store.leases.take('worker', null, 'holder');
  for (const claimed of await store.deliveries.claim({ sender: 'holder', nowMs: 1_500, limit: 1 })) {
    await store.deliveries.settle('holder', claimed.id, { kind: 'sent', messageId: '42' }, 1_600);
  }
  await store.marks.toggle({ userId: 'u1', paper: '2505.10000', kind: 'up', subscriptions: ['s-t1'], nowMs: 7 });
  await store.settings.set('some.fact', '“yes”');
  await store.days.save(aReading({ papers }));
  await store.queries.remember({ query: 'gossip', sort: 'date', rank: 'default', limit: 10, offset: 0 }, 9);
  await store.close();
  const { db } = await openDatabase(url, { log: silentLog });
  await db.insertInto('notices').values({ user_id: 'u1', text: 'Paused.', created_at: 3, told_at: null }).execute();
  await db.insertInto('imports').values({ source: 'a file', position_json: '{}', updated_at: 4 }).execute();
  await db.destroy();
  return url;
}

/** All rows of all tables, but for the one that tells a backup from what it was made of. */
export async function stateOf(url: string): Promise<Record<string, object[]>> {
  const { db } = await openDatabase(url, { log: silentLog });
  const state: Record<string, object[]> = {};
  for (const table of stateTables) {
    state[table] = [];
    for await (const rows of batchesOf(db, table)) {
      state[table].push(...rows.filter((row) => row['key'] !== restoredAt.key).map(comparable));
    }
  }
  await db.destroy();
  return state;
}

/** Bytes come as different types from the two databases. */
function comparable(row: Readonly<Record<string, unknown>>): object {
  const columns = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  ]);
  return Object.fromEntries(columns);
}

/** What a search for a text finds, in order. */
export async function hits(url: string, query: string): Promise<unknown> {
  const store = await openStore(url, { log: silentLog });
  const found = await store.papers.search({ query, sort: 'date', rank: 'default', limit: 100, offset: 0 });
  await store.close();
  return found.ok ? found.value.hits.map(({ paper, highlights }) => ({ paper, highlights })) : found.error;
}
