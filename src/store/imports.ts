import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ImportProgress } from '../domain/ports.ts';
import { readJson } from './json-column.ts';
import type { Tables } from './schema.ts';

/** See PaperStore.importPosition. */
export async function importPosition(db: Kysely<Tables>, source: string): Promise<unknown> {
  const row = await db.selectFrom('imports').select('position_json').where('source', '=', source).executeTakeFirst();
  return row === undefined ? null : readJson(z.json(), row.position_json, `imports ${source} position_json`);
}

/** See PaperStore.forgetImport. */
export async function forgetImport(db: Kysely<Tables>, source: string): Promise<void> {
  await db.deleteFrom('imports').where('source', '=', source).execute();
}

/** Notes how far an import is, in the transaction of what it brought. */
export async function saveImportProgress(
  db: Kysely<Tables>,
  { source, position, nowMs }: ImportProgress,
): Promise<void> {
  const row = { position_json: JSON.stringify(position), updated_at: Math.round(nowMs) };
  await db
    .insertInto('imports')
    .values({ source, ...row })
    .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
    .execute();
}
