import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp } from '../../src/store/backup.ts';
import { openStore } from '../../src/store/open-store.ts';
import { databaseKinds, temporaryDatabase, temporaryFolder } from '../builders/temporary-database.ts';
import { filledDatabase, hits, opened, stateOf } from './state-builders.ts';
import { silentLog } from './store-builders.ts';

/** The path of a file that does not exist yet. */
const newFile = () => join(temporaryFolder(), 'backup.db');

const valuesOf = (rows: object[], column: string) => new Set(rows.map((row): unknown => Reflect.get(row, column)));

/** Lines that a busy writer prints, one for each delivery. */
function busyWriter(url: string) {
  const child = spawn(process.execPath, ['tests/store/busy-writer.ts', url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  onTestFinished(stop);
  return { lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), stop };
}

describe.each(databaseKinds)('backUp from %s', (kind) => {
  it('copies every row of every table', async () => {
    const url = await filledDatabase(kind);
    const path = newFile();
    const { bytes, ...rows } = await backUp(await opened(url), path);
    expect(rows).toEqual({ papers: 3, subscriptions: 2, deliveries: 3 });
    expect(bytes).toBe(readFileSync(path).length);
    const state = await stateOf(url);
    expect(Object.entries(state).filter(([, found]) => found.length === 0)).toEqual([]);
    expect(await stateOf(`sqlite:${path}`)).toEqual(state);
  });

  it('leaves one file, which opens as a database and finds what the other finds', async () => {
    const url = await filledDatabase(kind, 1_200);
    const path = newFile();
    await backUp(await opened(url), path);
    expect(readdirSync(join(path, '..'))).toEqual(['backup.db']);
    for (const query of ['uber', 'gossip -table', '"line two"', 'author:jürgen', 'cat:cs.DC', 'comments:withdrawn']) {
      const found = await hits(url, query);
      expect(found, query).not.toEqual([]);
      expect(await hits(`sqlite:${path}`, query)).toEqual(found);
    }
  });

  it('leaves out who holds which lease', async () => {
    const path = newFile();
    await backUp(await opened(await filledDatabase(kind)), path);
    const store = await openStore(`sqlite:${path}`, { log: silentLog });
    expect(await store.leases.get('worker')).toBeNull();
    await store.close();
  });

  it('copies one moment while another process writes without a pause', { timeout: 60_000 }, async () => {
    const url = await temporaryDatabase(kind);
    const database = await opened(url);
    const { lines, stop } = busyWriter(url);
    const paths: string[] = [];
    for (let round = 0; round < 5; round++) {
      for (let written = 0; written < 20; written++) await lines.next();
      const path = newFile();
      await backUp(database, path);
      paths.push(path);
    }
    await stop();

    const last = await stateOf(url);
    for (const [round, path] of paths.entries()) {
      const { deliveries = [], promises = [], ...rest } = await stateOf(`sqlite:${path}`);
      const count = deliveries.length;
      expect(count).toBeGreaterThanOrEqual(20 * (round + 1));
      // All but the last were settled, and are for ever what they were then; each has its promise.
      expect(deliveries.slice(0, -1)).toEqual(last['deliveries']?.slice(0, count - 1));
      expect(valuesOf(promises, 'delivery')).toEqual(valuesOf(deliveries, 'id'));
      expect(rest['subscriptions']).toEqual(last['subscriptions']);
    }
  });

  it('refuses a file that exists, and leaves it as it was', async () => {
    const path = newFile();
    writeFileSync(path, 'precious');
    await expect(backUp(await opened(await filledDatabase(kind)), path)).rejects.toMatchObject({
      code: 'file-exists',
      message: `backup: ${path} exists already: name a new file, or move that one away`,
    });
    expect(readFileSync(path, 'utf8')).toBe('precious');
  });

  it('says where it cannot write', async () => {
    const path = join(temporaryFolder(), 'missing', 'backup.db');
    await expect(backUp(await opened(await filledDatabase(kind)), path)).rejects.toMatchObject({
      code: 'unwritable-file',
      message: expect.stringContaining(`backup: ${path} cannot be written (ENOENT`),
    });
  });

  it.skipIf(process.getuid?.() === 0)('says that a folder may not be written to', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const path = join(folder, 'backup.db');
    await expect(backUp(await opened(await filledDatabase(kind)), path)).rejects.toMatchObject({
      message: expect.stringContaining(`backup: ${path} cannot be written (EACCES`),
    });
  });

  it('leaves nothing on a disk that is too small', async ({ skip }) => {
    const folder = temporaryFolder();
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', disk]).status !== 0) skip('no right to mount');
    onTestFinished(() => void spawnSync('umount', [disk]));
    const path = join(disk, 'backup.db');
    await expect(backUp(await opened(await filledDatabase(kind, 1_200)), path)).rejects.toMatchObject({
      message: expect.stringMatching(/backup\.db .*full/),
    });
    expect(readdirSync(disk)).toEqual([]);
  });
});

describe('backUp', () => {
  it('makes no backup of a damaged database', async () => {
    const url = await filledDatabase('sqlite');
    const database = await opened(url);
    const broken = new DatabaseSync(url.slice('sqlite:'.length));
    broken.exec("pragma foreign_keys = off; insert into promises values ('t1', 'p9', 'first', 'nobody')");
    broken.close();
    const path = newFile();
    await expect(backUp(database, path)).rejects.toMatchObject({
      code: 'database-damaged',
      message: `backup: the database ${database.name} is damaged (a row of promises refers to deliveries in vain), and no backup was made: restore an earlier one`,
    });
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });
});
