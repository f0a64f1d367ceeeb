import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, messageOf } from '../lib/errors.ts';

/** Whatever SQLite may have left beside a database file. */
const besides = ['', '-journal', '-wal', '-shm'];

/**
 * Makes a file that is there whole and on the disk, or not at all: `write` fills an empty one beside it, which then gets its name.
 *
 * @throws AppError('file-exists'), AppError('unwritable-file'), or what `write` threw; nothing is left behind
 */
export async function writeNewFile(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  refuseExisting(path);
  const partial = `${path}.${randomBytes(4).toString('hex')}.partial`;
  try {
    onDisk(path, () => closeSync(openSync(partial, 'wx')));
    await write(partial);
    onDisk(path, () => {
      sync(partial, 'r+');
      giveName(partial, path);
      sync(dirname(path), 'r');
    });
  } finally {
    for (const beside of besides) rmSync(`${partial}${beside}`, { force: true });
  }
}

/** Never replaces a file of that name, even if it came in the meantime. */
function giveName(partial: string, path: string): void {
  try {
    linkSync(partial, path);
  } catch (error) {
    refuseExisting(path);
    // A file system without links, as on memory sticks.
    if (codeOf(error) === 'EEXIST') throw error;
    renameSync(partial, path);
  }
}

function refuseExisting(path: string): void {
  if (!existsSync(path)) return;
  throw new AppError('file-exists', `backup: ${path} exists already: name a new file, or move that one away`);
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function onDisk(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (codeOf(error) === null) throw error;
    throw unwritable(path, error);
  }
}

/** What is said of a file that its disk or folder does not take. */
export function unwritable(path: string, error: unknown): AppError {
  return new AppError(
    'unwritable-file',
    `backup: ${path} cannot be written (${messageOf(error)}): name a place that exists, has room and may be written to; no file was left there`,
    { cause: error },
  );
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
