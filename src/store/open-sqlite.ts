import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError, messageOf } from '../lib/errors.ts';
import { databaseError, patiently } from './sqlite-errors.ts';

/**
 * Opens an SQLite file, creating it and its folder where needed, in WAL mode.
 *
 * @param path a file, or `:memory:`
 * @param busyTimeoutMs real milliseconds to wait for another process that holds the file
 * @throws AppError('database-unavailable') with one sentence that names `path` and the remedy
 */
export async function openSqlite(path: string, busyTimeoutMs: number): Promise<DatabaseSync> {
  if (path !== ':memory:') {
    createFolder(path);
    refuseFolder(path);
  }
  let database: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
    database = opened;
    // Readers and one writer side by side, also across processes: verbs of the command line run beside the bot. Two processes that
    // create the file together meet here.
    await patiently(() => opened.exec('pragma journal_mode = wal'), busyTimeoutMs);
    // FULL syncs the log at every commit. In WAL mode NORMAL would survive kill -9 as well, but after a power failure the last
    // commits could be gone: a lost "sent" or a lost promise is a post made twice. A commit per message is all it costs (a few
    // milliseconds on a disk).
    database.exec('pragma synchronous = full');
    // A large import leaves a large log behind; give the space back.
    database.exec(`pragma journal_size_limit = ${64 * 1024 * 1024}`);
    return database;
  } catch (error) {
    database?.close();
    throw databaseError(path, error);
  }
}

function createFolder(path: string): void {
  try {
    makeFolders(dirname(path));
  } catch (error) {
    throw new AppError(
      'database-unavailable',
      `store: the folder ${dirname(path)} of the database cannot be created (${messageOf(error)}): name a place in DATABASE_URL that the user that runs Paperboy may write to`,
      { cause: error },
    );
  }
}

/** Not Node's own `recursive`: where a folder refuses children with ENOENT, as /proc does, Node 26 tries for ever. */
function makeFolders(path: string): void {
  if (isFolder(path)) return;
  if (!existsSync(dirname(path))) makeFolders(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process that opens the same database may have been quicker.
    if (!isFolder(path)) throw error;
  }
}

/** SQLite's own word for a folder in the place of a file says little. */
export function refuseFolder(path: string): void {
  if (!isFolder(path)) return;
  throw new AppError(
    'database-unavailable',
    `store: the database ${path} is a folder: name a file in it in DATABASE_URL`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
