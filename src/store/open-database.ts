import { Kysely } from 'kysely';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { DatabaseKind } from './dialect.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openSqlite } from './open-sqlite.ts';
import type { Tables } from './schema.ts';

/** Many times our longest transaction (2026-11-22: a listing of 2,000 papers takes about a second), on a slow disk too. */
const defaultBusyTimeoutMs = 15_000;

/** An open database with the tables of this version. `name` is how messages call it: a path, or a host without its password. */
export type Database = { readonly db: Kysely<Tables>; readonly kind: DatabaseKind; readonly name: string };

export type OpenDeps = { readonly log: Log; readonly busyTimeoutMs?: number };

/**
 * Opens the database that `url` names, creating its folder, file and tables where needed.
 *
 * @param url `sqlite:PATH` (relative to the working directory) or `sqlite::memory:`
 * @param deps.busyTimeoutMs real milliseconds to wait for another process's write
 * @throws AppError('database-unavailable') with one sentence that names the place and the remedy
 */
export async function openDatabase(url: string, deps: OpenDeps): Promise<Database> {
  const path = sqlitePath(url);
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
  return { db, kind: 'sqlite', name: path };
}

/** @throws AppError('database-unavailable') where `url` names no SQLite database */
export function sqlitePath(url: string): string {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path !== undefined) return path;
  // A database's address may hold a password: only its beginning is told.
  const scheme = url.split(':', 1)[0] ?? '';
  const found = /^postgres(ql)?$/.test(scheme)
    ? 'DATABASE_URL names a PostgreSQL database, but this version keeps its state in SQLite'
    : 'DATABASE_URL names no database that this version knows';
  throw new AppError('database-unavailable', `store: ${found}: use sqlite:PATH, such as sqlite:./data/paperboy.db`);
}
