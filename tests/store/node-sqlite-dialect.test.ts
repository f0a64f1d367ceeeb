import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeSqliteDialect } from '../../src/store/node-sqlite-dialect.ts';
import { temporaryFile } from './store-builders.ts';

type Tables = { notes: { id: number; text: string | null } };

async function notes(prepare = ''): Promise<Kysely<Tables>> {
  const path = temporaryFile();
  const database = new DatabaseSync(path, { timeout: 0 });
  database.exec(`create table notes (id integer primary key, text text); ${prepare}`);
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database, { path, busyTimeoutMs: 0 }) });
  onTestFinished(() => db.destroy());
  return db;
}

describe('nodeSqliteDialect', () => {
  it('reads, writes, counts and returns rows', async () => {
    const db = await notes();
    const inserted = await db.insertInto('notes').values({ id: 1, text: 'a' }).returningAll().execute();
    expect(inserted).toEqual([{ id: 1, text: 'a' }]);
    const { numUpdatedRows } = await db.updateTable('notes').set({ text: null }).executeTakeFirstOrThrow();
    expect(numUpdatedRows).toBe(1n);
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ id: 1, text: null }]);
  });

  it('keeps whole numbers whole up to 2^53', async () => {
    const db = await notes();
    const id = Number.MAX_SAFE_INTEGER;
    await db.insertInto('notes').values({ id, text: null }).execute();
    expect(await db.selectFrom('notes').select('id').executeTakeFirst()).toEqual({ id });
  });

  it('undoes a transaction that throws', async () => {
    const db = await notes();
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'a' }).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([]);
  });

  it('keeps statements of others out of an open transaction', async () => {
    const db = await notes();
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'undone' }).execute();
      await new Promise(setImmediate);
      throw new Error('changed my mind');
    });
    const beside = db.insertInto('notes').values({ id: 2, text: 'kept' }).execute();
    await expect(failing).rejects.toThrow('changed my mind');
    await beside;
    expect(await db.selectFrom('notes').select('id').execute()).toEqual([{ id: 2 }]);
  });

  it('takes the write lock when a transaction begins, and waits for it without blocking', async () => {
    const path = temporaryFile();
    const open = (busyTimeoutMs: number) => {
      const dialect = nodeSqliteDialect(new DatabaseSync(path), { path, busyTimeoutMs });
      const db = new Kysely<Tables>({ dialect });
      onTestFinished(() => db.destroy());
      return db.transaction();
    };
    let second: Promise<string> | undefined;
    await open(0).execute(async () => {
      await expect(open(0).execute(() => Promise.resolve())).rejects.toMatchObject({
        code: 'database-unavailable',
        message: expect.stringContaining('is locked by another process'),
      });
      second = open(10_000).execute(() => Promise.resolve('my turn'));
      // Whatever waits, the transaction that holds the lock goes on.
      await new Promise(setImmediate);
    });
    expect(await second).toBe('my turn');
  });

  it('names a full disk, and what was there stays', async () => {
    const db = await notes('pragma max_page_count = 4; pragma cache_size = 1;');
    const filling = db.transaction().execute(async (transaction) => {
      for (let id = 1; id < 100; id++)
        await transaction
          .insertInto('notes')
          .values({ id, text: 'x'.repeat(1000) })
          .execute();
    });
    await expect(filling).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringMatching(/the disk is full: free some space/),
    });
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([]);
  });

  it('leaves a wrong statement a bug', async () => {
    const db = await notes();
    await expect(sql`select nothing from nowhere`.execute(db)).rejects.not.toMatchObject({
      code: 'database-unavailable',
    });
  });
});
