import type { DatabaseSync } from 'node:sqlite';

/**
 * What is wrong with an open SQLite database, in SQLite's own words; null for nothing. Reads all of it.
 *
 * @throws SQLite's own error where it is too damaged to be read at all
 */
export function faultOf(database: DatabaseSync): string | null {
  const [row] = database.prepare('pragma integrity_check(1)').all();
  const found = String(row?.['integrity_check']);
  if (found !== 'ok') return found.replaceAll('\n', ' ');
  const [orphan] = database.prepare('pragma foreign_key_check').all();
  return orphan === undefined
    ? null
    : `a row of ${String(orphan['table'])} refers to ${String(orphan['parent'])} in vain`;
}
