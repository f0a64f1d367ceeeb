import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it } from 'vitest';
import { backUp } from '../../src/store/backup.ts';
import { migrationsFor } from '../../src/store/migrate.ts';
import { nodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts';
import { openBackup } from '../../src/store/open-backup.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { openStore } from '../../src/store/open-store.ts';
import { restore } from '../../src/store/restore.ts';
import { environmentFor } from '../builders/paperboy.ts';
import { databaseKinds, temporaryDatabase, temporaryFolder } from '../builders/temporary-database.ts';
import { filledDatabase, hits, opened, stateOf } from './state-builders.ts';
import { change, outbox, planned, silentLog } from './store-builders.ts';

/** The path of a new backup of a database. */
async function backupOf(url: string): Promise<string> {
  const path = join(temporaryFolder(), 'backup.db');
  const database = await openDatabase(url, { log: silentLog });
  await backUp(database, path);
  await database.db.destroy();
  return path;
}

/** The path in `sqlite:PATH`. */
const pathIn = (url: string) => url.slice('sqlite:'.length);

async function restoreFile(path: string, url: string, options: { force?: boolean; deadHolders?: string[] } = {}) {
  const backup = await openBackup(path);
  const database = await openDatabase(url, { log: silentLog });
  try {
    return await restore(database, backup.db, { force: false, deadHolders: [], ...options });
  } finally {
    await database.db.destroy();
    await backup.close();
  }
}

const directions = databaseKinds.flatMap((from) => databaseKinds.map((to) => ({ from, to })));

describe.each(directions)('restore from $from into $to', ({ from, to }) => {
  it('brings every row of every table, there and back again', async () => {
    const first = await filledDatabase(from);
    const state = await stateOf(first);
    const there = await temporaryDatabase(to);
    expect(await restoreFile(await backupOf(first), there)).toMatchObject({
      papers: 3,
      subscriptions: 2,
      deliveries: 3,
    });
    expect(await stateOf(there)).toEqual(state);
    const back = await temporaryDatabase(from);
    await restoreFile(await backupOf(there), back);
    expect(await stateOf(back)).toEqual(state);
    expect(await hits(back, 'gossip')).toEqual(await hits(first, 'gossip'));
    expect(await hits(there, 'gossip')).toEqual(await hits(first, 'gossip'));
  });
});

describe.each(databaseKinds)('restore into %s', (kind) => {
  it('goes on counting behind what it brought', async () => {
    const url = await temporaryDatabase(kind);
    await restoreFile(await backupOf(await filledDatabase('sqlite')), url);
    const store = await openStore(url, { log: silentLog });
    expect(await store.deliveries.commit(outbox([planned('t2', ['p8'])]))).toBe(1);
    await store.close();
    const { deliveries } = await stateOf(url);
    expect(deliveries?.map((row) => Reflect.get(row, 'seq'))).toEqual([1, 2, 3, 4]);
  });

  it('refuses a database that holds something, unless it is told to replace it', async () => {
    const url = await filledDatabase(kind, 5);
    await change(url, 'update leases set holder = null');
    const state = await stateOf(url);
    const path = await backupOf(await filledDatabase('sqlite', 2));
    await expect(restoreFile(path, url)).rejects.toMatchObject({
      code: 'database-in-use',
      message: expect.stringMatching(/^restore: the database \S+ already holds papers: back it up, then add --force/),
    });
    expect(await stateOf(url)).toEqual(state);
    await restoreFile(path, url, { force: true });
    expect(await stateOf(url)).toEqual(await stateOf(`sqlite:${path}`));
    expect(await hits(url, 'gossip')).toEqual(await hits(`sqlite:${path}`, 'gossip'));
  });

  it('refuses a database that a living bot holds, and frees the lease of a dead one', async () => {
    const url = await filledDatabase(kind);
    const path = await backupOf(await filledDatabase('sqlite', 2));
    await expect(restoreFile(path, url, { force: true, deadHolders: ['another'] })).rejects.toMatchObject({
      code: 'bot-running',
      message: expect.stringMatching(/^restore: holder runs on the database \S+: stop it, and run restore again$/),
    });
    await restoreFile(path, url, { force: true, deadHolders: ['holder'] });
    const store = await openStore(url, { log: silentLog });
    expect(await store.leases.get('worker')).toBeNull();
    await store.close();
  });

  it('leaves all as it was when it fails at the last step', async () => {
    const url = await filledDatabase(kind, 5);
    const [state, found] = [await stateOf(url), await hits(url, 'gossip')];
    const path = await backupOf(await filledDatabase('sqlite', 2));
    // Two segments of the index in one place, which no database of ours takes.
    await change(`sqlite:${path}`, 'create table twice as select * from search_segments');
    await change(
      `sqlite:${path}`,
      'insert into twice select seq + 9, position, count, blocks, documents, heads from twice',
    );
    await change(`sqlite:${path}`, 'drop table search_segments');
    await change(`sqlite:${path}`, 'alter table twice rename to search_segments');
    const failing = restoreFile(path, url, { force: true, deadHolders: ['holder'] });
    await expect(failing).rejects.toThrow(/unique/i);
    expect(await stateOf(url)).toEqual(state);
    expect(await hits(url, 'gossip')).toEqual(found);
  });

  it('leaves all as it was when its process is killed in the middle', { timeout: 60_000 }, async () => {
    const url = await filledDatabase(kind, 5);
    await change(url, 'update leases set holder = null');
    const [state, found] = [await stateOf(url), await hits(url, 'gossip')];
    const path = await backupOf(await filledDatabase('sqlite', 1_000));
    // 15 MB, which are written for a while.
    await change(`sqlite:${path}`, `update papers set abstract = replace(hex(zeroblob(3000)), '00', 'word ')`);
    const child = spawn(process.execPath, ['src/main.ts', 'restore', path, '--force'], {
      env: environmentFor(temporaryFolder(), { DATABASE_URL: url, TMPDIR: temporaryFolder() }),
      stdio: 'inherit',
    });
    const ended = once(child, 'close');
    const { db } = await opened(url);
    while (!(await isFilling())) expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await stateOf(url)).toEqual(state);
    expect(await hits(url, 'gossip')).toEqual(found);

    /** Whether much was written that is not committed. */
    async function isFilling(): Promise<boolean> {
      await setImmediate();
      if (kind === 'sqlite') return (statSync(`${pathIn(url)}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 2_000_000;
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and query like 'insert into "papers"%'`.execute(db);
      return rows.length > 0;
    }
  });
});

const file = (content: string | Uint8Array) => {
  const path = join(temporaryFolder(), 'backup.db');
  writeFileSync(path, content);
  return path;
};
const foreign = () => {
  const path = file('');
  const database = new DatabaseSync(path);
  database.exec('create table recipes (id text)');
  database.close();
  return path;
};
const cut = (path: string, share: number) => {
  truncateSync(path, Math.trunc(readFileSync(path).length * share));
  return path;
};
const scratched = (path: string) => {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 20_000));
  return path;
};

describe('openBackup', () => {
  it.each([
    ['a text', () => file('once upon a time\n'.repeat(500)), 'is not an SQLite database'],
    ['an empty file', () => file(''), 'holds no state of Paperboy'],
    ['another program’s database', foreign, 'holds no state of Paperboy'],
    ['half a backup', async () => cut(await backupOf(await filledDatabase('sqlite')), 0.5), 'is damaged'],
    ['a backup without its end', async () => cut(await backupOf(await filledDatabase('sqlite')), 0.98), 'is damaged'],
    ['a scratched backup', async () => scratched(await backupOf(await filledDatabase('sqlite', 500))), 'is damaged'],
    ['nothing', () => join(temporaryFolder(), 'none.db'), 'does not exist'],
    ['a folder', () => temporaryFolder(), 'is no file'],
  ])('refuses %s', async (_name, make, found) => {
    const path = await make();
    await expect(openBackup(path)).rejects.toMatchObject({
      code: 'bad-backup',
      message: expect.stringMatching(new RegExp(`^restore: ${path} ${found}.*nothing was changed$`)),
    });
  });

  it('refuses a backup of a newer Paperboy', async () => {
    const path = await backupOf(await filledDatabase('sqlite'));
    const newer = new DatabaseSync(path);
    newer.exec(`insert into kysely_migration values ('0107-a-later-idea', '2031-01-01T00:00:00.000Z')`);
    newer.close();
    await expect(openBackup(path)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining(`the database ${path} was written by a newer Paperboy (schema 107`),
    });
  });

  it('migrates a backup of an older Paperboy, and leaves the file as it is', async () => {
    const path = file('');
    const old = new Kysely<unknown>({
      dialect: nodeSqliteDialect(new DatabaseSync(path), { path, busyTimeoutMs: 0 }),
    });
    const migrations = migrationsFor('sqlite');
    await new Migrator({ db: old, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } }).migrateTo(
      '0001-first-tables',
    );
    await sql`insert into targets (id, kind, state) values ('t1', 'channel', 'active')`.execute(old);
    await old.destroy();
    const before = readFileSync(path);
    const url = await temporaryDatabase('sqlite');
    await restoreFile(path, url);
    expect((await stateOf(url))['targets']).toMatchObject([{ id: 't1', probes: 0 }]);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('takes a database that was not closed, with the log beside it', async () => {
    const url = await filledDatabase('sqlite');
    const running = await opened(url);
    await running.db.insertInto('settings').values({ key: 'latest', value: 'only in the log' }).execute();
    const path = join(temporaryFolder(), 'copied.db');
    for (const beside of ['', '-wal']) copyFileSync(`${running.name}${beside}`, `${path}${beside}`);
    const backup = await openBackup(path);
    expect(await backup.db.selectFrom('settings').selectAll().where('key', '=', 'latest').execute()).toHaveLength(1);
    await backup.close();
  });
});
