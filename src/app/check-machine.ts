import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { check, ill, unknown, well } from './check.ts';
import type { Check } from './check.ts';

const mebibyte = 2 ** 20;

/** The bot takes about 150 MB (2026-11), a listing of 2,000 papers some more for a moment. */
const enoughMemory = 200 * mebibyte;

/** The log of a large import grows to 64 MiB before SQLite takes it over. */
const enoughDisk = 200 * mebibyte;

/** Node's version, and the memory that is left. */
export function checkMachine(): Promise<Check> {
  return check('machine', 'Run Paperboy on a supported machine; README.md says on which.', () => {
    const wanted = Number(/\d+/.exec(packageJson.engines.node)?.[0]);
    const free = process.availableMemory();
    const found = `Node ${process.versions.node}, ${mebibytes(free)} of memory free`;
    if (Number.parseInt(process.versions.node, 10) < wanted) {
      return ill(`${found}; Paperboy needs Node ${wanted} or newer`, `Install Node ${wanted} from https://nodejs.org.`);
    }
    if (free < enoughMemory) {
      return ill(`${found}; Paperboy needs ${mebibytes(enoughMemory)}`, 'Stop other programs, or give it more memory.');
    }
    return well(found);
  });
}

/** The disk that the database is on, or will be. */
export function checkDisk(databaseUrl: string): Promise<Check> {
  return check('disk', 'Check the disk that DATABASE_URL names.', () => {
    const path = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
    if (path === undefined || path === ':memory:') return unknown('the database is not a file of this machine');
    let folder = dirname(resolve(path));
    while (!existsSync(folder)) folder = dirname(folder);
    const { bavail, bsize } = statfsSync(folder);
    const found = `${mebibytes(bavail * bsize)} free at ${folder}`;
    if (bavail * bsize >= enoughDisk) return well(found);
    return ill(`only ${found}`, `Free some space there: Paperboy wants ${mebibytes(enoughDisk)}.`);
  });
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / mebibyte)} MiB`;
}
