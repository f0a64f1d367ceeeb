import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { nodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts';
import type { Tables } from '../../src/store/schema.ts';
import { temporaryFile } from './store-builders.ts';

function open(path: string): Kysely<Tables> {
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(new DatabaseSync(path), { path, busyTimeoutMs: 0 }) });
  onTestFinished(() => db.destroy());
  return db;
}

const tableNames = async (db: Kysely<Tables>) =>
  (await db.introspection.getTables()).map(({ name }) => name).toSorted();

describe('migrate', () => {
  it('creates the tables in an empty file, once', async () => {
    const path = temporaryFile();
    expect(await migrate(open(path), path)).toEqual(['0001-first-tables']);
    const again = open(path);
    expect(await migrate(again, path)).toEqual([]);
    expect((await tableNames(again)).filter((name) => !name.startsWith('paper_index'))).toEqual([
      'announcements',
      'days',
      'deliveries',
      'marks',
      'papers',
      'promises',
      'recent_queries',
      'settings',
      'subscriptions',
      'targets',
    ]);
  });

  it('refuses the database of a newer Paperboy', async () => {
    const path = temporaryFile();
    await migrate(open(path), path);
    const newer = new DatabaseSync(path);
    newer.exec(`insert into kysely_migration values ('0007-a-later-idea', '2031-01-01T00:00:00.000Z')`);
    newer.close();
    await expect(migrate(open(path), path)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: `store: the database ${path} was written by a newer Paperboy (schema 7, this one knows 1): upgrade Paperboy or restore a backup`,
    });
  });

  it('leaves a database as it was when a migration fails', async () => {
    const path = temporaryFile();
    const foreign = new DatabaseSync(path);
    // The last table of the first migration is taken: what was created before it must be undone.
    foreign.exec('create table recent_queries (id text)');
    foreign.close();
    const db = open(path);
    await expect(migrate(db, path)).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringContaining('cannot be brought to schema 1'),
    });
    expect(await tableNames(db)).toEqual(['recent_queries']);
  });
});
