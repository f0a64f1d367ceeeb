import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { temporaryFolder } from '../builders/temporary-database.ts';
import { entry, listing, outbox, planned, silentLog, storeAt, temporaryFile, withTargets } from './store-builders.ts';

const open = (url: string) => openStore(url, { log: silentLog, busyTimeoutMs: 50 });

describe('openStore', () => {
  it('creates the folder and the file', async () => {
    const path = join(temporaryFolder(), 'a/b/paperboy.db');
    await storeAt(`sqlite:${path}`);
    expect(existsSync(path)).toBe(true);
  });

  it('keeps a store in memory', async () => {
    const store = await open('sqlite::memory:');
    await store.settings.set('a', '1');
    expect(await store.settings.get('a')).toBe('1');
    await store.close();
    expect(existsSync(':memory:')).toBe(false);
  });

  it('finds everything again after a restart', async () => {
    const path = temporaryFile();
    const before = await openStore(`sqlite:${path}`, { log: silentLog });
    await withTargets(before, 't1');
    await before.papers.saveListing(listing([entry({ id: '2505.00001' })]));
    await before.deliveries.commit(outbox([planned('t1', ['2505.00001'])]));
    await before.close();

    const after = await storeAt(`sqlite:${path}`);
    expect(await after.papers.byIds(['2505.00001'])).toHaveLength(1);
    expect(await after.subscriptions.list()).toHaveLength(1);
    expect(await after.deliveries.counts(0)).toMatchObject({ pending: 1, sent: 0, dead: 0 });
    expect(await after.deliveries.commit(outbox([planned('t1', ['2505.00001'])]))).toBe(0);
  });

  it('lets two processes create one file at the same time', async () => {
    const path = temporaryFile();
    const module = new URL('../../src/store/open-store.ts', import.meta.url).href;
    const script = `
      const { openStore } = await import(${JSON.stringify(module)});
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const store = await openStore('sqlite:' + process.argv[1], { log });
      await store.settings.set('opened by ' + process.pid, 'yes');
      await store.close();`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script, path]);
    await Promise.all([run(), run(), run()]);
    const database = new DatabaseSync(path);
    expect(database.prepare('select count(*) as count from settings').get()).toEqual({ count: 3 });
    database.close();
  });

  it('refuses a folder that cannot be created', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    await expect(open(`sqlite:${file}/paperboy.db`)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringMatching(/^store: the folder .*a-file of the database cannot be created .*DATABASE_URL/),
    });
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder that may not be written', async () => {
    const folder = join(temporaryFolder(), 'locked');
    mkdirSync(folder, { mode: 0o500 });
    onTestFinished(() => chmodSync(folder, 0o700));
    await expect(open(`sqlite:${folder}/paperboy.db`)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('cannot be opened'),
    });
  });

  it('refuses a folder in place of a file', async () => {
    const folder = temporaryFolder();
    await expect(open(`sqlite:${folder}`)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining(`the database ${folder} is a folder`),
    });
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const path = temporaryFile();
    const text = 'A letter to a friend. '.repeat(100);
    writeFileSync(path, text);
    await expect(open(`sqlite:${path}`)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining(`the database ${path} is not an SQLite database`),
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('says so when another process holds the database', async () => {
    const path = temporaryFile();
    const store = await open(`sqlite:${path}`);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    await expect(store.settings.set('a', '1')).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('is locked by another process'),
    });
    expect(await store.settings.get('a')).toBeNull();
    other.exec('rollback');
    await store.settings.set('a', '1');
    other.close();
    await store.close();
  });

  it('refuses other addresses', async () => {
    await expect(open('mysql://x')).rejects.toMatchObject({ message: expect.stringContaining('use sqlite:PATH') });
    await expect(open('sqlite:')).rejects.toMatchObject({ message: expect.stringContaining('use sqlite:PATH') });
  });
});
