import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { importFirstForm } from './state-import.ts';
import { lockState } from './state-lock.ts';
import { savedFromRows } from './saved-from-rows.ts';
import type { StoredRow } from './saved-from-rows.ts';
import { rowsOf } from './state-rows.ts';
import type { Keep } from './state-rows.ts';
import { createStateWriter } from './state-writer.ts';
import type { SavedState } from './state.ts';

/** Marks the file as ours: an SQLite file of somebody else is never written to. */
const applicationMark = 0x70_62_64_73;

/** Of the tables; a file of a later one is not understood. */
const formVersion = 3;

export const emptyState: SavedState = {
  messages: {},
  directChannels: [],
  commands: [],
  guilds: [],
  removedGuilds: [],
  threads: [],
  people: [],
  reactions: {},
  pins: {},
  commandPermissions: [],
};

export type StateFile = {
  /** What an earlier run left. */
  readonly saved: SavedState;
  /** Takes note of what changed, to be written soon. */
  readonly keep: Keep;
  /** Writes what is left and gives the file back. */
  close(): void;
};

/**
 * Opens the state file, an SQLite database of one table, creating it where there is none; null keeps nothing. The file is this
 * process's until it is closed. One that cannot be understood is moved aside with a warning, and a row that cannot is left out with one,
 * so that a start never fails for what an earlier run left.
 *
 * @throws AppError('state-unusable') where it is in use or cannot be kept there
 */
export function openStateFile(file: string | null, deps: { log: Log }): StateFile {
  if (file === null) return { saved: emptyState, keep: () => {}, close: () => {} };
  const unlock = lockState(file);
  try {
    const { database, saved } = openKnown(file, deps.log);
    const writer = createStateWriter(database, file, deps);
    return {
      saved,
      keep: writer.keep,
      close() {
        writer.flush();
        database.close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Makes a new state file that holds `saved`. */
export function writeStateFile(file: string, saved: SavedState): void {
  const database = openDatabase(file);
  try {
    const put = database.prepare('insert into rows (kind, parent, id, body) values (?, ?, ?, ?)');
    database.exec('begin');
    for (const { kind, parent, id, body } of rowsOf(saved)) put.run(kind, parent, id, JSON.stringify(body));
    database.exec('commit');
  } finally {
    database.close();
  }
}

type Known = { readonly database: DatabaseSync; readonly saved: SavedState };

function openKnown(file: string, log: Log): Known {
  try {
    importFirstForm(file, writeStateFile, { log });
    return openAndRead(file, log);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!isDamage(error)) throw unusable(file, notOpened(error), error);
    const aside = unusedName(`${file}.unreadable`);
    log.warn({ file, aside, error: messageOf(error) }, 'sandbox: the state file is unreadable, starting empty');
    moveAside(file, aside);
    try {
      return openAndRead(file, log);
    } catch (second) {
      throw unusable(file, notOpened(second), second);
    }
  }
}

function openAndRead(file: string, log: Log): Known {
  const database = openDatabase(file);
  try {
    return { database, saved: readAll(database, file, log) };
  } catch (error) {
    database.close();
    throw error;
  }
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Nobody else reads the file while we run, so that no shared memory is needed beside the write-ahead log.
    database.exec('pragma locking_mode = exclusive');
    const { application_id: mark, user_version: version, tables } = heading(database);
    if (tables > 0 && mark !== applicationMark) throw unusable(file, 'is the database of another program');
    if (version > formVersion) throw new Error(`it is of a later version (${String(version)})`);
    // With a write-ahead log and NORMAL a commit is one write without waiting for the disk, and a killed process loses no commit; what
    // a power failure may take is the last moments, of a world to play with.
    database.exec('pragma journal_mode = wal; pragma synchronous = normal');
    database.exec(`
      begin;
      create table if not exists rows (
        seq integer primary key,
        kind text not null,
        parent text not null,
        id text not null,
        body text not null,
        unique (kind, parent, id)
      ) strict;
      pragma application_id = ${String(applicationMark)};
      pragma user_version = ${String(formVersion)};
      commit`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function heading(database: DatabaseSync): { application_id: number; user_version: number; tables: number } {
  const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  return {
    application_id: number('pragma application_id'),
    user_version: number('pragma user_version'),
    tables: number('select count(*) from sqlite_schema'),
  };
}

function readAll(database: DatabaseSync, file: string, log: Log): SavedState {
  const left: StoredRow[] = [];
  const rows = database.prepare('select kind, parent, id, body from rows order by seq').iterate();
  const saved = savedFromRows(
    rows.map(({ kind, parent, id, body }) => ({ kind, parent, id, body })),
    (row) => left.push(row),
  );
  if (left.length > 0) {
    const some = left.slice(0, 5).map(({ kind, id }) => `${String(kind)} ${String(id)}`);
    log.warn({ file, rows: left.length, some }, 'sandbox: rows of the state file do not fit and are left out');
  }
  return saved;
}

/** SQLite's primary result codes. Source: sqlite.org/rescode.html. */
const busy = 5;
const damage: ReadonlySet<number> = new Set([1, 11, 26]); // ERROR (no such column), CORRUPT, NOTADB

/** Null for what is no error of SQLite's. */
function sqliteCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;
}

/** Whether what is in the file is to blame, and not the disk, a right or another program: those leave a good file where it is. */
function isDamage(error: unknown): boolean {
  const code = sqliteCode(error);
  if (code !== null) return damage.has(code);
  return !(error instanceof Error && 'syscall' in error);
}

function notOpened(error: unknown): string {
  return sqliteCode(error) === busy ? 'is in use by another program' : `cannot be opened: ${messageOf(error)}`;
}

/** What was moved aside before stays. */
function unusedName(wanted: string): string {
  let name = wanted;
  for (let n = 2; existsSync(name); n += 1) name = `${wanted}-${String(n)}`;
  return name;
}

function unusable(file: string, reason: string, cause?: unknown): AppError {
  return new AppError('state-unusable', `sandbox: ${file} ${reason}; name another file with --state`, { cause });
}

/** With its write-ahead log, which a killed process leaves beside it. */
function moveAside(file: string, aside: string): void {
  try {
    renameSync(file, aside);
    if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  } catch (error) {
    throw unusable(file, `is unreadable and cannot be moved to ${aside}: ${messageOf(error)}`, error);
  }
}
