import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { AppError, messageOf } from '../lib/errors.ts';
import { migrate } from './migrate.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import type { Tables } from './schema.ts';
import { faultOf } from './sqlite-checks.ts';
import { sqliteCode } from './sqlite-errors.ts';
import { indexUnindexed } from './unindexed.ts';

/** A backup that was found sound, in this version's schema. */
export type OpenBackup = { readonly db: Kysely<Tables>; close(): Promise<void> };

/**
 * Opens a backup, or any SQLite database of ours, and checks all of it. It is copied to the system's folder for temporary files (TMPDIR)
 * and migrated there: the file itself stays as it is.
 *
 * @throws AppError('bad-backup') with a sentence that says what it is instead; AppError('database-unavailable') where a newer Paperboy
 *   wrote it
 */
export async function openBackup(path: string): Promise<OpenBackup> {
  refuseNoFile(path);
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-restore-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const copy = join(folder, 'backup.db');
  try {
    copySound(path, copy);
    const file = new DatabaseSync(copy, { enableForeignKeyConstraints: true });
    const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(file, { path, busyTimeoutMs: 0 }) });
    try {
      await migrate({ db, kind: 'sqlite', name: path });
      await indexUnindexed(db, path);
    } catch (error) {
      await db.destroy();
      throw error;
    }
    return { db, close: () => db.destroy().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

function refuseNoFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  throw bad(path, found ? 'is no file' : 'does not exist');
}

/** By SQLite and not byte by byte: a database that is in use, or was not closed, is spread over several files. */
function copySound(path: string, copy: string): void {
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { readOnly: true });
    const fault = faultOf(file);
    if (fault !== null) throw bad(path, `is damaged (${fault})`);
    const ours =
      "select name from sqlite_schema where name in ('kysely_migration', 'papers', 'deliveries', 'promises')";
    if (file.prepare(ours).all().length < 4) throw bad(path, 'holds no state of Paperboy');
    file.prepare('vacuum into ?').run(copy);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (sqliteCode(error) === 13) {
      throw new AppError(
        'disk-full',
        `restore: ${path} cannot be copied to ${tmpdir()}, the disk is full: name a folder with more room in TMPDIR; nothing was changed`,
        { cause: error },
      );
    }
    throw bad(path, problems.get(sqliteCode(error) ?? 0) ?? `cannot be read (${messageOf(error)})`, error);
  } finally {
    file?.close();
  }
}

const problems: ReadonlyMap<number, string> = new Map([
  [11, 'is damaged'],
  [14, 'cannot be opened, or its folder not be written to'],
  [26, 'is not an SQLite database'],
]);

function bad(path: string, found: string, cause?: unknown): AppError {
  return new AppError(
    'bad-backup',
    `restore: ${path} ${found}: name a file that \`paperboy backup\` wrote; nothing was changed`,
    { cause },
  );
}
