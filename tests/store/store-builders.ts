import { join } from 'node:path';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { onTestFinished } from 'vitest';
import type { DeliveredPaper, PlannedDelivery } from '../../src/domain/delivery.ts';
import type { Entry, Listing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { StoredSubscription } from '../../src/domain/subscription.ts';
import type { Target } from '../../src/domain/target.ts';
import type { Log } from '../../src/lib/log.ts';
import type { DatabaseKind } from '../../src/store/dialect.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Tables } from '../../src/store/schema.ts';
import { aPaper, aSubscription, aTarget } from '../builders/domain.ts';
import { temporaryDatabase, temporaryFolder } from '../builders/temporary-database.ts';

export const hourMs = 60 * 60 * 1_000;
export const dayMs = 24 * hourMs;

export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The path of an SQLite file that does not exist yet. */
export function temporaryFile(): string {
  return join(temporaryFolder(), 'paperboy.db');
}

/** A store, closed after the test, in which the sender `s1` holds the lease `worker`. */
export async function temporaryStore(kind: DatabaseKind): Promise<Store> {
  return storeAt(await temporaryDatabase(kind));
}

/** As `temporaryStore`, of a database that exists. */
export async function storeAt(url: string, log: Log = silentLog): Promise<Store> {
  const store = await openStore(url, { log });
  onTestFinished(() => store.close());
  await store.leases.take('worker', null, 's1');
  return store;
}

export function paper(changes: Partial<Paper> = {}): Paper {
  return aPaper({ title: 'An ecosystem of services', abstract: null, formats: [], ...changes });
}

export function entry(changes: Partial<Entry> = {}): Entry {
  return { ...paper(changes), kind: 'new', crossFrom: null, ...changes };
}

export function listing(entries: readonly Entry[], changes: Partial<Listing> = {}): Listing {
  return { source: 'text', archive: 'cs.DC', date: '2025-05-23', complete: null, sections: [], entries, ...changes };
}

export function target(changes: Partial<Target> = {}): Target {
  return aTarget({ id: 't1', guildId: 'g1', ...changes });
}

export function subscription(changes: Partial<StoredSubscription> = {}): StoredSubscription {
  return aSubscription({ id: 's1', query: 'federated', target: 't1', zone: 'UTC', ...changes });
}

export function delivered(id: string, changes: Partial<DeliveredPaper> = {}): DeliveredPaper {
  return {
    paper: id,
    occasion: 'first',
    kind: 'new',
    score: 0.5,
    percentile: null,
    categories: [],
    subscriptions: ['s1'],
    evidence: [],
    ...changes,
  };
}

/** A plan of papers for a target; its key follows from both. */
export function planned(
  to: string,
  papers: readonly string[],
  changes: Partial<PlannedDelivery> = {},
): PlannedDelivery {
  return {
    dedupeKey: `${to} ${papers.join(' ')}`,
    target: to,
    style: 'cards',
    date: '2025-05-23',
    due: 1_000,
    papers: papers.map((id) => delivered(id)),
    ...changes,
  };
}

/** A commit of `deliveries` that matches no papers: the outbox only. */
export function outbox(deliveries: readonly PlannedDelivery[], nowMs = 0) {
  return { archive: 'cs.DC', date: '2025-05-23', papers: [], deliveries, nowMs };
}

/** Targets that may be posted to, each with a subscription of its own. */
export async function withTargets(store: Store, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await store.subscriptions.save(subscription({ id: `s-${id}`, target: id }), target({ id }));
}

/** Changes a database as somebody without Paperboy would. */
export async function change(url: string, statement: string): Promise<void> {
  await onDatabase(url, (db) => sql.raw(statement).execute(db));
}

/** Columns of a table that no port tells, of the rows that `where` names. */
export async function rowsOf(url: string, columns: string, where: string, table = 'deliveries'): Promise<unknown[]> {
  const query = sql.raw<object>(`select ${columns} from ${table} where ${where}`);
  return (await onDatabase(url, (db) => query.execute(db))).rows.map((row) => ({ ...row }));
}

async function onDatabase<T>(url: string, act: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  const { db } = await openDatabase(url, { log: silentLog });
  try {
    return await act(db);
  } finally {
    await db.destroy();
  }
}

/** A request of the sender that `temporaryStore` gave the lease to. */
export function claim(nowMs: number, limit = 10) {
  return { sender: 's1', nowMs, limit };
}

export function keys(claimed: readonly { readonly dedupeKey: string }[]): string[] {
  return claimed.map(({ dedupeKey }) => dedupeKey);
}

/** A lane of two, the first of them claimed. */
export async function claimedOne(kind: DatabaseKind) {
  const url = await temporaryDatabase(kind);
  const store = await storeAt(url);
  await withTargets(store, 't1');
  await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
  const [claimed] = await store.deliveries.claim(claim(10));
  return { url, store, id: claimed?.id ?? '' };
}
