import type { DatabaseKind } from './dialect.ts';
import { inspectPostgres } from './inspect-postgres.ts';
import { inspectSqlite } from './inspect-sqlite.ts';
import { databaseAddress } from './open-database.ts';

/** What can be said of a database without changing it. */
export type Inspection = {
  readonly kind: DatabaseKind;
  /** How messages call it: a path, or a host without its password. */
  readonly name: string;
  /** `absent`: the first start makes it. `older`: the next start brings it to this version's schema. */
  readonly schema: 'absent' | 'older' | 'current';
  /** What it is and how it is set, a few words each. */
  readonly facts: readonly string[];
  readonly faults: readonly { readonly found: string; readonly mend: string }[];
};

/**
 * Looks at the database that `url` names, as it is: nothing is created or migrated. Reads all of an SQLite file.
 *
 * @param deps.busyTimeoutMs real milliseconds to wait for another process's write
 * @throws AppError('database-unavailable') with one sentence that names the place and the remedy
 */
export async function inspectDatabase(url: string, deps: { readonly busyTimeoutMs: number }): Promise<Inspection> {
  const address = databaseAddress(url);
  if (address.kind === 'sqlite') return inspectSqlite(address.path, deps.busyTimeoutMs);
  return inspectPostgres(url, deps.busyTimeoutMs);
}
