import type { Pool } from 'pg';
import { z } from 'zod';
import type { Inspection } from './inspect-database.ts';
import { knownSchema, newerSchema, schemaNumber } from './migrate.ts';
import { openPostgres } from './open-postgres.ts';
import { postgresError } from './postgres-errors.ts';

/** Connections of one Paperboy, and some for a verb beside it. */
const enoughConnections = 10;

/**
 * Looks at a PostgreSQL database: of which schema it is, whether it can be written, and whether the server keeps what it confirms. Whether its
 * files are whole only the server can tell (data_checksums, amcheck).
 *
 * @throws AppError('database-unavailable') with one sentence that names host and database, never the password, and the remedy
 */
export async function inspectPostgres(url: string, lockTimeoutMs: number): Promise<Inspection> {
  const { pool, name } = await openPostgres(url, lockTimeoutMs);
  try {
    const found = await schemaOf(pool);
    if (found > knownSchema) throw newerSchema(name, found);
    const server = await serverOf(pool);
    return {
      kind: 'postgres',
      name,
      schema: found === 0 ? 'absent' : found < knownSchema ? 'older' : 'current',
      facts: [
        `PostgreSQL ${server.version}`,
        found === 0 ? 'without tables yet' : `schema ${found}`,
        `${(server.bytes / 1e6).toFixed(1)} MB`,
        `fsync ${server.fsync}`,
        `full_page_writes ${server.fullPageWrites}`,
        // Ours, which overrules the server's.
        `synchronous_commit ${server.synchronousCommit}`,
        `data_checksums ${server.dataChecksums}`,
        `${server.freeConnections} of ${server.maxConnections} connections free`,
      ],
      faults: faultsOf(name, server),
    };
  } catch (error) {
    throw postgresError(name, error);
  } finally {
    await pool.end();
  }
}

/** 0 where it has no tables of ours. */
async function schemaOf(pool: Pool): Promise<number> {
  const { rows: tables } = await pool.query<{ there: boolean }>(
    `select to_regclass('kysely_migration') is not null as there`,
  );
  if (tables[0]?.there !== true) return 0;
  const { rows } = await pool.query<{ name: string | null }>(
    `select max(name collate "C") as name from kysely_migration`,
  );
  return schemaNumber(rows[0]?.name ?? '');
}

const serverSchema = z.object({
  version: z.string(),
  bytes: z.coerce.number(),
  fsync: z.string(),
  fullPageWrites: z.string(),
  synchronousCommit: z.string(),
  dataChecksums: z.string(),
  maxConnections: z.coerce.number(),
  freeConnections: z.coerce.number(),
  isStandby: z.boolean(),
  mayCreate: z.boolean(),
});
type Server = z.infer<typeof serverSchema>;

async function serverOf(pool: Pool): Promise<Server> {
  // Of the connections of others only their number is told to a user without rights, which is enough.
  const { rows } = await pool.query(`
    select current_setting('server_version') as version,
      pg_database_size(current_database()) as bytes,
      current_setting('fsync') as fsync,
      current_setting('full_page_writes') as "fullPageWrites",
      current_setting('synchronous_commit') as "synchronousCommit",
      current_setting('data_checksums') as "dataChecksums",
      current_setting('max_connections') as "maxConnections",
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - (select count(*) from pg_stat_activity where backend_type = 'client backend') as "freeConnections",
      pg_is_in_recovery() as "isStandby",
      has_schema_privilege(current_schema(), 'create') as "mayCreate"`);
  return serverSchema.parse(rows[0]);
}

function faultsOf(name: string, server: Server): Inspection['faults'] {
  const fault = (isSo: boolean, found: string, mend: string) => (isSo ? [{ found: `${found} (${name})`, mend }] : []);
  return [
    ...fault(server.isStandby, 'the database is a standby and read-only', 'Name the primary server in DATABASE_URL.'),
    ...fault(
      !server.isStandby && !server.mayCreate,
      'this user may not make tables, which an upgrade needs',
      'Grant it the right: grant create on schema public to USER.',
    ),
    ...fault(
      server.fsync !== 'on',
      'fsync is off: a crash of the machine may damage the whole database',
      'Set fsync = on in postgresql.conf.',
    ),
    ...fault(
      server.fullPageWrites !== 'on',
      'full_page_writes is off: a power failure may damage the whole database',
      'Set full_page_writes = on in postgresql.conf.',
    ),
    ...fault(
      server.freeConnections < enoughConnections,
      `only ${server.freeConnections} of ${server.maxConnections} connections are free`,
      'Raise max_connections, or stop other users of the server.',
    ),
  ];
}
