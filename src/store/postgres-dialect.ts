import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { isLost, postgresError } from './postgres-errors.ts';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';

/** Any number will do, so long as every Paperboy takes the same one and nothing else in that database does: "PaperBoy" in ASCII. */
const writersLock = 0x50_61_70_65_72_42_6f_79n;

/**
 * Kysely's PostgreSQL dialect on `pool`, which is closed when Kysely is destroyed.
 *
 * One transaction at a time writes, in all processes: it takes an advisory lock as it begins, as SQLite's `begin immediate` takes the
 * file's lock. So what is right on SQLite is right here: what a transaction has read is still so when it writes, nothing deadlocks, and
 * nothing is ever tried again because of somebody else. One bot writes a few hundred short transactions a minute at most: a queue costs
 * nothing. Transactions that only read (access mode `read only`) do not queue, nor do statements alone, which are atomic in themselves;
 * whatever must not happen between the statements of somebody's transaction is a transaction too, even if it is one statement.
 *
 * @param name names the database in error messages
 * @throws (each query) AppError('database-unavailable') where the operator can mend it
 */
export function postgresDialect(pool: Pool, name: string): Dialect {
  return {
    createDriver: () => createDriver(pool, name),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

/** A connection as Kysely knows it. It takes one of the pool when its first statement comes, and not before. */
type LazyConnection = DatabaseConnection & {
  readonly run: (sql: string) => Promise<void>;
  /** The turn of its transaction ends. */
  endTurn: () => void;
  readonly release: () => void;
};

function createDriver(pool: Pool, name: string): Driver {
  const turns = createTurns();
  const connections = new WeakMap<DatabaseConnection, LazyConnection>();
  const lazy = (connection: DatabaseConnection): LazyConnection => {
    const found = connections.get(connection);
    if (!found) throw new Error('store: a connection of another database');
    return found;
  };
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => {
      const connection = lazyConnection(pool, name);
      connections.set(connection, connection);
      return Promise.resolve(connection);
    },
    beginTransaction: (connection, settings) => begin(lazy(connection), settings, turns),
    commitTransaction: async (connection) => {
      try {
        await lazy(connection).run('commit');
      } finally {
        lazy(connection).endTurn();
      }
    },
    rollbackTransaction: async (connection) => {
      try {
        await lazy(connection).run('rollback');
      } finally {
        lazy(connection).endTurn();
      }
    },
    releaseConnection: (connection) => {
      lazy(connection).endTurn();
      lazy(connection).release();
      return Promise.resolve();
    },
    destroy: () => pool.end(),
  };
}

/**
 * Waits for its turn in this process first, and then for the lock: those who wait here have no connection of the pool, so that
 * statements alone, and with them the beats of a lease, never wait behind them.
 */
async function begin(
  connection: LazyConnection,
  { isolationLevel = 'read committed', accessMode = 'read write' }: TransactionSettings,
  turns: Turns,
): Promise<void> {
  const start = `start transaction isolation level ${isolationLevel}, ${accessMode}`;
  if (accessMode === 'read only') return connection.run(start);
  connection.endTurn = await turns();
  try {
    // Read committed, each statement sees what was committed before it began: all that the former holders of the lock did.
    await connection.run(`${start}; select pg_advisory_xact_lock(${writersLock})`);
  } catch (error) {
    // Where only the lock could not be had, a transaction is open, and Kysely takes it for one that never began.
    await connection.run('rollback').finally(connection.endTurn);
    throw error;
  }
}

function lazyConnection(pool: Pool, name: string): LazyConnection {
  let client: PoolClient | null = null;
  let lost = false;

  async function query(sql: string, parameters: readonly unknown[]) {
    try {
      client ??= await pool.connect();
      return await client.query(sql, parameters.map(storable));
    } catch (error) {
      lost ||= isLost(error);
      throw postgresError(name, error);
    }
  }

  return {
    executeQuery: async <R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> => {
      const { command, rowCount, rows } = await query(sql, parameters);
      const isWrite = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
      return isWrite ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
    },
    run: async (sql) => {
      // A transaction ends with its connection: a rollback would only hide what became of it.
      if (lost && sql === 'rollback') return;
      await query(sql, []);
    },
    endTurn: () => {},
    release: () => {
      client?.release(lost);
      client = null;
    },
    streamQuery: () => {
      throw new Error('store: the PostgreSQL dialect does not stream');
    },
  };
}

/** PostgreSQL's text holds every character but NUL, which stands in no paper but a damaged one. */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '\ufffd') : value;
}
