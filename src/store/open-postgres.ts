import { Socket } from 'node:net';
import { Client, Pool, types } from 'pg';
import type { ClientBase, PoolConfig } from 'pg';
import { AppError, messageOf } from '../lib/errors.ts';
import { postgresError } from './postgres-errors.ts';

/** One transaction writes at a time, so more would only wait; the rest is for reading and for the beats of leases. */
const poolSize = 5;
const connectTimeoutMs = 10_000;
/** Many times our slowest statement (2026-11-23: 0.4 s, a search over 100,000 papers). */
const statementTimeoutMs = 60_000;
/**
 * A process that is frozen, or cut off, in the middle of a transaction holds the lock of all writers: the server ends it before those who
 * wait give up. Our own statements follow upon one another within milliseconds.
 */
const idleInTransactionMs = 10_000;

/** Window functions of `text`, `drop database with (force)` in our tests, and what is still supported in 2026 begin with it. */
const oldestVersion = 14;

const int8 = 20;

/**
 * Opens a pool of connections to a PostgreSQL server, and checks that the database can be used.
 *
 * Durability. Every connection sets `synchronous_commit = on`, whatever the server's default: a commit returns only when its log record
 * is on disk (and on the synchronous standbys, where there are some). With `off`, a server that dies forgets the last commits it
 * confirmed, up to three times `wal_writer_delay` (0.6 s): a lost "sent" or a lost promise is a post made twice. A commit per message is
 * all it costs. The server's own `fsync` and `full_page_writes` are left at `on`, as they come; who turns them off gives up durability
 * for the whole server. A commit that was cut off by a lost connection may have happened or not: every write is idempotent by a unique
 * key, so it is simply made again.
 *
 * @param url as `pg` takes it, with `sslmode` and the like
 * @param lockTimeoutMs real milliseconds to wait for another process's write
 * @throws AppError('database-unavailable') with one sentence that names host and database, never the password, and the remedy
 */
export async function openPostgres(url: string, lockTimeoutMs: number): Promise<{ pool: Pool; name: string }> {
  const sockets = new Set<Socket>();
  const config: PoolConfig = {
    connectionString: url,
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
    max: poolSize,
    fallback_application_name: 'paperboy',
    connectionTimeoutMillis: connectTimeoutMs,
    // A statement whose server has vanished without a word would wait for a quarter of an hour.
    query_timeout: statementTimeoutMs + 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: (oid: number) => (oid === int8 ? wholeNumber : types.getTypeParser(oid)) },
    // Statements and not options of the address, for poolers know no options.
    onConnect: (client) => prepare(client, lockTimeoutMs),
  };
  const name = nameOf(config);
  const pool = new Pool(config);
  // An idle connection that breaks leaves the pool by itself, and the next statement makes a new one; so does one in use, whose
  // statement throws. Without a listener either would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await refuseUnfit(pool, name);
    return { pool, name };
  } catch (error) {
    await pool.end();
    // `pg` leaves a connection open that it could give no password; the process would wait a minute for the server to close it.
    sockets.forEach((socket) => socket.destroy());
    throw postgresError(name, error);
  }
}

async function prepare(client: ClientBase, lockTimeoutMs: number): Promise<void> {
  await client.query(`
    set synchronous_commit = on;
    set statement_timeout = ${statementTimeoutMs};
    set lock_timeout = ${lockTimeoutMs};
    set idle_in_transaction_session_timeout = ${idleInTransactionMs}`);
}

/** Host and database, by which people know it. */
function nameOf(config: PoolConfig): string {
  try {
    const { host, port, database } = new Client(config);
    const place = port === 5432 ? host : `${host}:${port}`;
    return `${place}/${database ?? ''}`;
  } catch (error) {
    // What the parser throws holds the address, and with it the password.
    const problem = error instanceof TypeError ? 'it is no address' : messageOf(error).replaceAll(/\S*:\S*@\S*/g, '…');
    throw new AppError(
      'database-unavailable',
      `store: DATABASE_URL cannot be read (${problem}): use postgres://USER:PASSWORD@HOST/DATABASE, with %XX for special characters`,
    );
  }
}

async function refuseUnfit(pool: Pool, name: string): Promise<void> {
  const { rows } = await pool.query<{ version: string; encoding: string }>(
    "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
  );
  const [server] = rows;
  const version = Math.trunc(Number(server?.version) / 10_000);
  if (version < oldestVersion) {
    throw new AppError(
      'database-unavailable',
      `store: the database ${name} is on PostgreSQL ${version}, and Paperboy needs ${oldestVersion} or later: upgrade the server`,
    );
  }
  if (server?.encoding !== 'UTF8') {
    throw new AppError(
      'database-unavailable',
      `store: the database ${name} keeps its text in ${server?.encoding ?? 'an unknown encoding'}: create it anew with encoding 'UTF8' (createdb -E UTF8 -T template0)`,
    );
  }
}

/** Counts and times come as numbers, as from SQLite; `pg` would give a text. */
function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error(`store: ${text} is beyond 2^53`);
  return number;
}
