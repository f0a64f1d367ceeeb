import { Kysely } from 'kysely';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { DatabaseKind } from './dialect.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { openSqlite } from './open-sqlite.ts';
import { postgresDialect } from './postgres-dialect.ts';
import type { Tables } from './schema.ts';
import { indexUnindexed } from './unindexed.ts';

/** Many times our longest transaction (2026-11-22: a listing of 2,000 papers takes about a second), on a slow disk too. */
export const defaultBusyTimeoutMs = 15_000;

/** An open database with the tables of this version. `name` is how messages call it: a path, or a host without its password. */
export type Database = { readonly db: Kysely<Tables>; readonly kind: DatabaseKind; readonly name: string };

export type OpenDeps = { readonly log: Log; readonly busyTimeoutMs?: number };

/**
 * Opens the database that `url` names, creating its tables where needed, and for SQLite its folder and file.
 *
 * @param url `sqlite:PATH` (relative to the working directory), `sqlite::memory:`, or `postgres://USER:PASSWORD@HOST/DATABASE`
 * @param deps.busyTimeoutMs real milliseconds to wait for another process's write
 * @throws AppError('database-unavailable') with one sentence that names the place and the remedy
 */
export async function openDatabase(url: string, deps: OpenDeps): Promise<Database> {
  const database = await connectDatabase(url, deps.busyTimeoutMs ?? defaultBusyTimeoutMs);
  const { db, name } = database;
  try {
    const executed = await migrate(database);
    if (executed.length > 0) deps.log.debug({ database: name, executed }, `store: the database ${name} has new tables`);
    await indexUnindexed(db, name, deps.log);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return database;
}

/** Opens a database and leaves its tables as they are; see `openDatabase`. */
export async function connectDatabase(url: string, busyTimeoutMs: number): Promise<Database> {
  const address = databaseAddress(url);
  if (address.kind === 'sqlite') {
    const { path } = address;
    const database = await openSqlite(path, busyTimeoutMs);
    return {
      db: new Kysely({ dialect: nodeSqliteDialect(database, { path, busyTimeoutMs }) }),
      kind: 'sqlite',
      name: path,
    };
  }
  // Loaded when it is wanted: most bots never need the library.
  const { openPostgres } = await import('./open-postgres.ts');
  const { pool, name } = await openPostgres(url, busyTimeoutMs);
  return { db: new Kysely({ dialect: postgresDialect(pool, name) }), kind: 'postgres', name };
}

/** Whether `url` means a database that ends with this process. */
export function isInMemory(url: string): boolean {
  const address = databaseAddress(url);
  return address.kind === 'sqlite' && address.path === ':memory:';
}

/**
 * Which database `url` means.
 *
 * @throws AppError('database-unavailable') where it means none
 */
export function databaseAddress(
  url: string,
): { readonly kind: 'sqlite'; readonly path: string } | { readonly kind: 'postgres' } {
  const path = /^sqlite:(.+)$/.exec(url)?.[1];
  if (path !== undefined) return { kind: 'sqlite', path };
  if (/^postgres(ql)?:\/\//.test(url)) return { kind: 'postgres' };
  // A database's address may hold a password: it is not told.
  throw new AppError(
    'database-unavailable',
    'store: DATABASE_URL names no database that this version knows: use sqlite:PATH, such as sqlite:./data/paperboy.db, or postgres://USER:PASSWORD@HOST/DATABASE',
  );
}
