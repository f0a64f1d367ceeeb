import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { CompiledQuery, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, Driver, SqliteDatabase, SqliteStatement } from 'kysely';
import { databaseError, patiently } from './sqlite-errors.ts';

/** Statements kept prepared: more than the store has, so that only lists of varying length ever push one out. */
const preparedStatements = 200;

/**
 * Kysely's SQLite dialect on Node's own `node:sqlite`, over an open `database` that Kysely closes when it is destroyed.
 *
 * Kysely hands the one connection to one transaction or statement at a time, so statements of others never slip into a transaction.
 * Integers beyond 2^53 throw when read: the store has none (Discord's ids are text).
 *
 * @param settings.path names the database in error messages
 * @param settings.busyTimeoutMs real milliseconds to wait for another writer, without blocking the event loop: `database` itself
 *   must not wait (`timeout: 0`), for SQLite would block it, and with it a writer in this very process
 * @throws (each query) AppError('database-unavailable') where the operator can mend it
 */
export function nodeSqliteDialect(
  database: DatabaseSync,
  settings: { readonly path: string; readonly busyTimeoutMs: number },
): Dialect {
  return {
    createDriver: () => createDriver(database, settings),
    createAdapter: () => new TransactionalDdlAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** SQLite has always had transactional DDL; with it the migrations of one start are one transaction, under the lock it takes first. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function createDriver(database: DatabaseSync, settings: { path: string; busyTimeoutMs: number }): Driver {
  const driver: Driver = new SqliteDriver({ database: kyselyDatabase(database) });
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async () => patientConnection(await acquire(), settings);
  // IMMEDIATE takes the write lock first and waits for it there; from then on nothing is ever busy. A deferred transaction that
  // reads before it writes would have to start again whenever another process wrote in between.
  // One that only reads needs no lock, and sees all as it was when it began.
  driver.beginTransaction = async (connection, { accessMode }) => {
    await connection.executeQuery(CompiledQuery.raw(accessMode === 'read only' ? 'begin' : 'begin immediate'));
  };
  // After some errors (disk full, I/O) SQLite has rolled back already, and a second rollback would hide the first error.
  driver.rollbackTransaction = async (connection) => {
    if (database.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  };
  return driver;
}

function patientConnection(
  connection: DatabaseConnection,
  { path, busyTimeoutMs }: { path: string; busyTimeoutMs: number },
): DatabaseConnection {
  return {
    executeQuery: async (query) => {
      await breathe();
      try {
        return await patiently(() => connection.executeQuery(query), busyTimeoutMs);
      } catch (error) {
        throw databaseError(path, error);
      }
    },
    streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
  };
}

/** So long, in real milliseconds, statement may follow statement before timers and sockets get their turn. */
const breathlessMs = 20;

let breathedAt = performance.now();

/**
 * SQLite answers within the call, so a thousand statements are one uninterrupted run: nobody would be told “thinking…” in time while a
 * morning's deliveries are written, and no heartbeat would leave.
 */
async function breathe(): Promise<void> {
  if (performance.now() - breathedAt < breathlessMs) return;
  await nextTurn();
  breathedAt = performance.now();
}

/** What Kysely needs of a database. */
function kyselyDatabase(database: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = prepared.get(sql) ?? kyselyStatement(database.prepare(sql));
      // Taken out and put back, so that the map's order is the order of use.
      prepared.delete(sql);
      prepared.set(sql, statement);
      const [oldest] = prepared.keys();
      if (prepared.size > preparedStatements && oldest !== undefined) prepared.delete(oldest);
      return statement;
    },
  };
}

function kyselyStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  };
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new Error(`store: SQLite cannot take a ${typeof value} as a parameter`);
}
