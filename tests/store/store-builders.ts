import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { DeliveredPaper, PlannedDelivery } from '../../src/domain/delivery.ts';
import type { Entry, Listing } from '../../src/domain/listing.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { StoredSubscription } from '../../src/domain/subscription.ts';
import type { Target } from '../../src/domain/target.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aPaper, aSubscription, aTarget } from '../builders/domain.ts';

export const dayMs = 24 * 60 * 60 * 1_000;

export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The path of a database file that does not exist yet. */
export function temporaryFile(): string {
  return join(temporaryFolder(), 'paperboy.db');
}

/** A store on a real file, closed after the test. */
export async function temporaryStore(path = temporaryFile()): Promise<Store> {
  const store = await openStore(`sqlite:${path}`, { log: silentLog });
  onTestFinished(() => store.close());
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
  return { paper: id, occasion: 'first', kind: 'new', score: 0.5, subscriptions: ['s1'], evidence: [], ...changes };
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
export function change(path: string, statement: string): void {
  const database = new DatabaseSync(path);
  database.exec(statement);
  database.close();
}

/** Columns of the outbox that no port tells, of the deliveries that `where` names. */
export function rowsOf(path: string, columns: string, where: string): object[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare(`select ${columns} from deliveries where ${where} order by seq`).all();
  database.close();
  return rows.map((row) => ({ ...row }));
}

/** A request to claim for 100 ms. */
export function claim(nowMs: number, limit = 10) {
  return { nowMs, leaseMs: 100, limit };
}

export function keys(claimed: readonly { readonly dedupeKey: string }[]): string[] {
  return claimed.map(({ dedupeKey }) => dedupeKey);
}

/** A lane of two, the first of them claimed. */
export async function claimedOne() {
  const store = await temporaryStore();
  await withTargets(store, 't1');
  await store.deliveries.commit(outbox([planned('t1', ['p1'], { due: 0 }), planned('t1', ['p2'], { due: 1 })]));
  const [claimed] = await store.deliveries.claim(claim(10));
  return { store, id: claimed?.id ?? '' };
}
