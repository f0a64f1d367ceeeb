import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { AppError } from '../lib/errors.ts';
import { copyTables } from './copy-tables.ts';
import { migrate } from './migrate.ts';
import { unwritable, writeNewFile } from './new-file.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import type { Database } from './open-database.ts';
import { restoredAt } from './restored.ts';
import type { Tables } from './schema.ts';
import { faultOf } from './sqlite-checks.ts';
import { sqliteCode } from './sqlite-errors.ts';

/** What a backup holds, in rows, and its size. */
export type Backup = {
  readonly papers: number;
  readonly subscriptions: number;
  readonly deliveries: number;
  readonly bytes: number;
};

/**
 * Copies the whole state to a new file, while others read and write: as it was at one moment.
 *
 * Whichever database it comes from, a backup is an SQLite database of this schema, index of words and all: it can be restored into either
 * database, be opened as it is, and is migrated like any other when a later version opens it. It differs from the state in two things:
 * nobody holds a lease, and `settings` says that it is a backup (src/store/restored.ts).
 *
 * @param path of a file that does not exist; it is there only when it is whole, checked and on the disk
 * @throws AppError with a sentence
 */
export async function backUp(database: Database, path: string): Promise<Backup> {
  let counts: Omit<Backup, 'bytes'> | undefined;
  await writeNewFile(path, async (partial) => {
    if (database.kind === 'sqlite') await snapshot(database.db, partial, path);
    else await copyInto(database.db, partial, path);
    counts = finish(partial, database.name);
  });
  if (!counts) throw new Error('backup: nothing was written');
  return { ...counts, bytes: statSync(path).size };
}

/** What SQLite says where the new file, and not the database, is at fault: no right, disk full, no place, read-only. */
const faultsOfTheCopy: readonly unknown[] = [3, 8, 13, 14];

/**
 * VACUUM reads in one transaction, which keeps nobody from writing. (SQLite's online backup begins again whenever another process has
 * written: beside a busy bot it might never end.)
 */
async function snapshot(db: Kysely<Tables>, partial: string, path: string): Promise<void> {
  try {
    await sql`vacuum into ${partial}`.execute(db);
  } catch (error) {
    const cause = error instanceof AppError ? error.cause : error;
    throw faultsOfTheCopy.includes(sqliteCode(cause)) ? unwritable(path, cause) : error;
  }
}

async function copyInto(db: Kysely<Tables>, partial: string, path: string): Promise<void> {
  const file = new DatabaseSync(partial, { enableForeignKeyConstraints: true });
  const copy = new Kysely<Tables>({ dialect: nodeSqliteDialect(file, { path, busyTimeoutMs: 0 }) });
  try {
    // A copy that fails is thrown away: nothing is to be rolled back, and it is written to the disk once, at the end.
    file.exec('pragma journal_mode = off; pragma synchronous = off');
    await migrate({ db: copy, kind: 'sqlite', name: path });
    // One snapshot, which waits for nobody and keeps nobody waiting.
    const reading = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    await copy.transaction().execute((writing) => reading.execute((state) => copyTables(state, writing)));
  } finally {
    await copy.destroy();
  }
}

/** Makes a backup of a copy, checks it and counts its rows. */
function finish(partial: string, name: string): Omit<Backup, 'bytes'> {
  const file = new DatabaseSync(partial);
  try {
    file.exec('delete from leases');
    file
      .prepare('insert into settings (key, value) values (?, ?) on conflict do update set value = excluded.value')
      .run(restoredAt.key, restoredAt.beforeFirstClaim);
    const fault = faultOf(file);
    if (fault !== null) {
      throw new AppError(
        'database-damaged',
        `backup: the database ${name} is damaged (${fault}), and no backup was made: restore an earlier one`,
      );
    }
    const count = (table: 'papers' | 'subscriptions' | 'deliveries') =>
      Number(file.prepare(`select count(*) as rows from ${table}`).get()?.['rows']);
    return { papers: count('papers'), subscriptions: count('subscriptions'), deliveries: count('deliveries') };
  } finally {
    file.close();
  }
}
