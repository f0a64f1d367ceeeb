import { setTimeout as sleepReal } from 'node:timers/promises';
import { AppError, messageOf } from '../lib/errors.ts';

/**
 * What SQLite's result codes mean to an operator, and what to do. Codes that are not here are bugs of ours.
 * Source: https://www.sqlite.org/rescode.html
 */
const sentences: ReadonlyMap<number, string> = new Map([
  [3, 'may not be used by this user: give the user that runs Paperboy the right to read and write it'],
  [5, 'is locked by another process: wait until its work is done, or stop it, and try again'],
  [6, 'is locked by another process: wait until its work is done, or stop it, and try again'],
  [8, 'is read-only: give the user that runs Paperboy the right to write it and its folder'],
  [10, 'cannot be read or written, the disk reports an error: check the disk, then restore a backup if need be'],
  [11, 'is damaged: move it away, with the files -wal and -shm beside it, and restore a backup'],
  [13, 'cannot grow, the disk is full: free some space and try again'],
  [14, 'cannot be opened: check that its folder exists and that the user that runs Paperboy may write there'],
  [26, 'is not an SQLite database: move that file away, or name another one in DATABASE_URL'],
]);

const busy = 5;
const retryAfterMs = 5;

/** An AppError('database-unavailable') naming `path` and the remedy where the operator can mend it; otherwise `thrown` itself. */
export function databaseError(path: string, thrown: unknown): unknown {
  const code = sqliteCode(thrown);
  const sentence = code === null ? undefined : sentences.get(code);
  if (sentence === undefined) return thrown;
  return new AppError('database-unavailable', `store: the database ${path} ${sentence} (${messageOf(thrown)})`, {
    cause: thrown,
  });
}

/**
 * Runs one statement, again and again while another connection holds the lock it needs; a statement that was refused did nothing.
 *
 * @param timeoutMs real milliseconds, for so are the other process's; afterwards SQLite's own error is thrown
 */
export async function patiently<T>(statement: () => T | Promise<T>, timeoutMs: number): Promise<T> {
  const started = performance.now();
  for (;;) {
    try {
      return await statement();
    } catch (error) {
      if (sqliteCode(error) !== busy || performance.now() - started > timeoutMs) throw error;
      await sleepReal(retryAfterMs);
    }
  }
}

/** SQLite's primary result code of an error that node:sqlite threw (5 is SQLITE_BUSY); null for anything else. */
export function sqliteCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number') return null;
  return thrown.errcode & 0xff;
}
