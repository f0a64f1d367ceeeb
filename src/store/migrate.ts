import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { AppError, messageOf } from '../lib/errors.ts';
import { firstTables } from './migration-0001-first-tables.ts';
import { columnTypes } from './dialect.ts';
import type { DatabaseKind } from './dialect.ts';
import { oneSender } from './migration-0002-one-sender.ts';
import { arxivInFull } from './migration-0003-arxiv-in-full.ts';
import { searchIndex } from './migration-0004-search-index.ts';
import { learning } from './migration-0005-learning.ts';
import { papersByDay } from './migration-0006-papers-by-day.ts';
import type { Database } from './open-database.ts';
import type { Tables } from './schema.ts';

/** Append-only; the number that a name starts with is the schema it leads to. */
export function migrationsFor(kind: DatabaseKind): Readonly<Record<string, Migration>> {
  const types = columnTypes[kind];
  return {
    '0001-first-tables': firstTables(types),
    '0002-one-sender': oneSender(types),
    '0003-arxiv-in-full': arxivInFull(types),
    '0004-search-index': searchIndex(types, kind),
    '0005-learning': learning(types),
    '0006-papers-by-day': papersByDay(),
  };
}

/** The schema of this version. */
export const knownSchema = Math.max(...Object.keys(migrationsFor('sqlite')).map(schemaNumber));

/**
 * Brings the database to this version's schema: all missing migrations in one transaction, under the write lock, so that processes
 * that open a database at once both succeed.
 *
 * @returns the names of the migrations that ran now, in order
 * @throws AppError('database-unavailable') where a newer Paperboy wrote it, or a migration fails; the database is then as it was
 */
export async function migrate({ db, kind, name }: Database): Promise<readonly string[]> {
  const migrations = migrationsFor(kind);
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return (results ?? []).map(({ migrationName }) => migrationName);
  if (error instanceof AppError) throw error;

  // The migrator refuses a database with migrations it does not know; asking afterwards, who wins a race does not matter.
  const found = Math.max(0, ...(await executedMigrations(db)).map(schemaNumber));
  if (found > knownSchema) throw newerSchema(name, found, error);
  throw new AppError(
    'database-unavailable',
    `store: the database ${name} cannot be brought to schema ${knownSchema} (${messageOf(error)}): it was left as it was; name another one in DATABASE_URL, or restore a backup`,
    { cause: error },
  );
}

async function executedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();
  return rows.map(({ name }) => name);
}

/** What to throw on a database that a newer Paperboy wrote. */
export function newerSchema(name: string, found: number, cause?: unknown): AppError {
  return new AppError(
    'database-unavailable',
    `store: the database ${name} was written by a newer Paperboy (schema ${found}, this one knows ${knownSchema}): upgrade Paperboy or restore a backup`,
    { cause },
  );
}

/** The schema that a migration leads to, which its name starts with. */
export function schemaNumber(migration: string): number {
  return Number.parseInt(migration, 10) || 0;
}
