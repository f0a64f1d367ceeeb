import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { incompleteSegments } from './index-faults.ts';
import type { Inspection } from './inspect-database.ts';
import { knownSchema, newerSchema, schemaNumber } from './migrate.ts';
import { refuseFolder } from './open-sqlite.ts';
import { databaseError, patiently } from './sqlite-errors.ts';

/**
 * Looks at an SQLite file: whether it is whole, its index of words too, of which schema, and whether it can be written.
 *
 * @throws AppError('database-unavailable') with one sentence that names `path` and the remedy
 */
export async function inspectSqlite(path: string, busyTimeoutMs: number): Promise<Inspection> {
  const known = { kind: 'sqlite', name: path } as const;
  if (path === ':memory:') {
    return { ...known, schema: 'absent', facts: ['in memory, it ends with the process'], faults: [] };
  }
  refuseFolder(path);
  if (!existsSync(path)) return { ...known, schema: 'absent', facts: ['not there yet'], faults: [] };

  let database: DatabaseSync | undefined;
  try {
    // Not read-only: that opens a file in WAL mode only where its side files can be made, and says little where they cannot.
    const opened = new DatabaseSync(path, { timeout: 0 });
    database = opened;
    const found = await patiently(() => schemaOf(opened), busyTimeoutMs);
    if (found > knownSchema) throw newerSchema(path, found);
    const faults = [
      ...damages(opened, path),
      ...brokenReferences(opened, path),
      ...(found < knownSchema ? [] : brokenIndex(opened, path)),
    ];
    await patiently(() => opened.exec('begin immediate; rollback'), busyTimeoutMs);
    const facts = [
      `SQLite ${text(opened, 'select sqlite_version() as value')}`,
      `schema ${found}`,
      `${(sizeOf(opened) / 1e6).toFixed(1)} MB`,
      `journal ${text(opened, 'select journal_mode as value from pragma_journal_mode')}`,
    ];
    return { ...known, schema: found < knownSchema ? 'older' : 'current', facts, faults };
  } catch (error) {
    throw databaseError(path, error);
  } finally {
    database?.close();
  }
}

/** 0 where it has no tables of ours. */
function schemaOf(database: DatabaseSync): number {
  if (text(database, `select count(*) as value from sqlite_master where name = 'kysely_migration'`) === '0') return 0;
  return schemaNumber(text(database, `select coalesce(max(name), '') as value from kysely_migration`));
}

/** Bytes, also of what is still in the write-ahead log: the file of a new database is 4 KB for a while. */
function sizeOf(database: DatabaseSync): number {
  return Number(text(database, 'select page_count * page_size as value from pragma_page_count, pragma_page_size'));
}

/** Complaints that are passed on: more say no more. */
const mostComplaints = 3;

function damages(database: DatabaseSync, path: string): Inspection['faults'] {
  const complaints = database
    .prepare(`pragma integrity_check(${mostComplaints})`)
    .all()
    .map(({ integrity_check: complaint }) => String(complaint))
    .filter((complaint) => complaint !== 'ok');
  if (complaints.length === 0) return [];
  return [
    {
      found: `the database ${path} is damaged: ${complaints.join('; ').replaceAll(/\s+/g, ' ')}`,
      mend: 'Stop Paperboy, keep a copy of the file, check the disk, and restore a backup.',
    },
  ];
}

function brokenReferences(database: DatabaseSync, path: string): Inspection['faults'] {
  const tables = texts(database, 'select distinct "table" as value from pragma_foreign_key_check');
  if (tables.length === 0) return [];
  return [
    {
      found: `rows of ${tables.join(', ')} in the database ${path} name rows that are not there`,
      mend: 'Stop Paperboy and restore a backup; somebody has edited the file with another program.',
    },
  ];
}

function brokenIndex(database: DatabaseSync, path: string): Inspection['faults'] {
  const segments = texts(database, incompleteSegments);
  if (segments.length === 0) return [];
  return [
    {
      found: `the index of words in the database ${path} lacks blocks of segment ${segments.join(', ')}`,
      mend: 'Stop Paperboy and restore a backup; somebody has edited the file with another program.',
    },
  ];
}

function texts(database: DatabaseSync, query: string): string[] {
  return database
    .prepare(query)
    .all()
    .map(({ value }) => String(value));
}

function text(database: DatabaseSync, query: string): string {
  return texts(database, query)[0] ?? '';
}
