import { Kysely } from 'kysely';
import type { Store } from '../domain/ports.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { createDayStore } from './days.ts';
import { createDeliveryStore } from './deliveries.ts';
import { createLeaseStore } from './leases.ts';
import { createMarkStore } from './marks.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { createNoticeStore } from './notices.ts';
import { openSqlite } from './open-sqlite.ts';
import { createPaperStore } from './papers.ts';
import { createQueryStore } from './recent-queries.ts';
import type { Tables } from './schema.ts';
import { createSettingStore } from './settings.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createTargetStore } from './targets.ts';

/** Many times our longest transaction (2026-11-22: a listing of 2,000 papers takes about a second), on a slow disk too. */
const defaultBusyTimeoutMs = 15_000;

/**
 * Opens the store that `url` names, creating its folder, file and tables where needed.
 *
 * Several processes may have one file open: the verbs of the command line beside a running bot.
 *
 * @param url `sqlite:PATH` (relative to the working directory) or `sqlite::memory:`
 * @param deps.busyTimeoutMs real milliseconds to wait for another process's write
 * @throws AppError('database-unavailable') with one sentence that names the place and the remedy
 */
export async function openStore(url: string, deps: { log: Log; busyTimeoutMs?: number }): Promise<Store> {
  const path = pathOf(url);
  const busyTimeoutMs = deps.busyTimeoutMs ?? defaultBusyTimeoutMs;
  const database = await openSqlite(path, busyTimeoutMs);
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database, { path, busyTimeoutMs }) });
  try {
    const executed = await migrate(db, path);
    if (executed.length > 0) deps.log.debug({ path, executed }, `store: the database ${path} has new tables`);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    papers: createPaperStore(db),
    days: createDayStore(db),
    subscriptions: createSubscriptionStore(db),
    targets: createTargetStore(db),
    deliveries: createDeliveryStore(db, deps.log),
    marks: createMarkStore(db),
    queries: createQueryStore(db),
    settings: createSettingStore(db),
    leases: createLeaseStore(db),
    notices: createNoticeStore(db),
    close: () => db.destroy(),
  };
}

function pathOf(url: string): string {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path !== undefined) return path;
  // A database's address may hold a password: only its beginning is told.
  const scheme = url.split(':', 1)[0] ?? '';
  const found = /^postgres(ql)?$/.test(scheme)
    ? 'DATABASE_URL names a PostgreSQL database, but this version keeps its state in SQLite'
    : 'DATABASE_URL names no database that this version knows';
  throw new AppError('database-unavailable', `store: ${found}: use sqlite:PATH, such as sqlite:./data/paperboy.db`);
}
