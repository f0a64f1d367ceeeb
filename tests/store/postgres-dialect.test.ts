import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { connectDatabase } from '../../src/store/open-database.ts';
import { emptyDatabase } from '../builders/temporary-database.ts';

type Notes = { notes: { id: number; text: string | null } };

async function notes(url?: string, lockTimeoutMs = 10_000): Promise<{ db: Kysely<Notes>; url: string }> {
  const address = url ?? (await emptyDatabase('postgres'));
  const { db } = await connectDatabase(address, lockTimeoutMs);
  onTestFinished(() => db.destroy());
  await sql`create table if not exists notes (id bigint primary key, text text)`.execute(db);
  return { db: db.withTables<Notes>().$pickTables<'notes'>(), url: address };
}

/** Ends every connection to a database but that of the one who asks. */
async function breakConnections(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await client.end();
}

const ids = async (db: Kysely<Notes>) =>
  (await db.selectFrom('notes').select('id').orderBy('id').execute()).map(({ id }) => id);

/** Reads a number and writes the next one: two that do so at once would write the same. */
async function countUp(db: Kysely<Notes>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { text } = await transaction.selectFrom('notes').select('text').executeTakeFirstOrThrow();
    await transaction
      .updateTable('notes')
      .set({ text: `${Number(text) + 1}` })
      .execute();
  });
}

describe('postgresDialect', () => {
  it('reads, writes, counts and returns rows', async () => {
    const { db } = await notes();
    const inserted = await db.insertInto('notes').values({ id: 1, text: 'a' }).returningAll().execute();
    expect(inserted).toEqual([{ id: 1, text: 'a' }]);
    const { numUpdatedRows } = await db.updateTable('notes').set({ text: null }).executeTakeFirstOrThrow();
    expect(numUpdatedRows).toBe(1n);
    expect(await db.selectFrom('notes').selectAll().execute()).toEqual([{ id: 1, text: null }]);
  });

  it('keeps whole numbers whole up to 2^53, and gives no wrong one beyond', async () => {
    const { db } = await notes();
    const id = Number.MAX_SAFE_INTEGER;
    await db.insertInto('notes').values({ id, text: null }).execute();
    expect(await ids(db)).toEqual([id]);
    await sql`update notes set id = id + 2`.execute(db);
    await expect(ids(db)).rejects.toThrow('store: 9007199254740993 is beyond 2^53');
  });

  it('takes any text', async () => {
    const { db } = await notes();
    await db.insertInto('notes').values({ id: 1, text: 'a\u0000b \ud83d 👍' }).execute();
    expect(await db.selectFrom('notes').select('text').executeTakeFirst()).toEqual({ text: 'a\ufffdb \ufffd 👍' });
  });

  it('confirms what is on disk only, whatever the server or the address says', async () => {
    const { url } = await notes();
    await sql`alter database ${sql.ref(new URL(url).pathname.slice(1))} set synchronous_commit = off`.execute(
      (await notes(url)).db,
    );
    const { db } = await notes(`${url}?options=-c%20synchronous_commit%3Doff`);
    const { rows } = await sql`show synchronous_commit`.execute(db);
    expect(rows).toEqual([{ synchronous_commit: 'on' }]);
  });

  it('undoes a transaction that throws', async () => {
    const { db } = await notes();
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'a' }).execute();
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await ids(db)).toEqual([]);
  });

  it('lets one transaction write at a time, in this process and in others', async () => {
    const { db, url } = await notes();
    const { db: other } = await notes(url);
    await db.insertInto('notes').values({ id: 0, text: '0' }).execute();
    await Promise.all(Array.from({ length: 40 }, (_, index) => countUp(index % 2 ? db : other)));
    expect(await db.selectFrom('notes').select('text').executeTakeFirst()).toEqual({ text: '40' });
  });

  it('lets statements alone, and transactions that read, pass those who wait to write', async () => {
    const { db } = await notes();
    const waiting: Promise<void>[] = [];
    await db.transaction().execute(async () => {
      waiting.push(...Array.from({ length: 20 }, () => db.transaction().execute(() => Promise.resolve())));
      await db.insertInto('notes').values({ id: 1, text: 'beside' }).execute();
      const reading = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
      expect(
        await reading.execute((transaction) => transaction.selectFrom('notes').select('id').execute()),
      ).toHaveLength(1);
    });
    await Promise.all(waiting);
    expect(await ids(db)).toEqual([1]);
  });

  it('says so when another process holds the lock, and goes on once it is free', async () => {
    const { db, url } = await notes();
    const { db: impatient } = await notes(url, 50);
    await db.transaction().execute(async () => {
      await expect(impatient.transaction().execute(() => Promise.resolve())).rejects.toMatchObject({
        code: 'database-unavailable',
        message: expect.stringMatching(
          /^store: the database 127\.0\.0\.1:\d+\/\w+ is locked by another process: wait /,
        ),
      });
      // Its connection is as good as before.
      expect(await ids(impatient)).toEqual([]);
    });
    const id = await impatient.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 7, text: null }).execute();
      return 7;
    });
    expect(await ids(db)).toEqual([id]);
  });

  it('connects again by itself after the server has broken off all connections', async () => {
    const { db, url } = await notes();
    await Promise.all([ids(db), ids(db), ids(db)]);
    await breakConnections(url);
    // One of the pool may not have heard of it yet.
    const unheard = await ids(db).catch((error: unknown) => error);
    expect([[], { code: 'database-unavailable' }]).toContainEqual(
      unheard instanceof AppError ? { code: unheard.code } : unheard,
    );
    expect(await ids(db)).toEqual([]);
  });

  it('loses a transaction with its connection, says so, and lets the next one pass', async () => {
    const { db, url } = await notes();
    const cutOff = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'undone' }).execute();
      await breakConnections(url);
      await transaction.insertInto('notes').values({ id: 2, text: 'never' }).execute();
    });
    await expect(cutOff).rejects.toMatchObject({
      code: 'database-unavailable',
      message: expect.stringMatching(/was shut down or restarted|has broken off the connection/),
    });
    await db
      .transaction()
      .execute((transaction) => transaction.insertInto('notes').values({ id: 3, text: null }).execute());
    expect(await ids(db)).toEqual([3]);
  });

  it('leaves a wrong statement a bug', async () => {
    const { db } = await notes();
    await expect(sql`select nothing from nowhere`.execute(db)).rejects.not.toMatchObject({
      code: 'database-unavailable',
    });
  });
});
