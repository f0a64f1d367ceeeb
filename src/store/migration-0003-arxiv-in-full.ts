import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './dialect.ts';

/** What a day's reading came to and what the feed said of it; whose turn it is to ask arXiv; how far an import is. */
export function arxivInFull(types: ColumnTypes): Migration {
  return {
    up: async (db) => {
      await changeDays(db, types);
      await db.schema
        .createTable('arxiv_turns')
        .addColumn('name', types.text, (column) => column.notNull().primaryKey())
        .addColumn('holder', types.text)
        .addColumn('held_until', types.integer)
        .addColumn('asked_at', types.integer)
        .addColumn('page_asked_at', types.integer)
        .addColumn('closed_until', types.integer)
        .addColumn('closed_reason', types.text)
        .addColumn('failures', types.integer, (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema
        .createTable('imports')
        .addColumn('source', types.text, (column) => column.notNull().primaryKey())
        .addColumn('position_json', types.text, (column) => column.notNull())
        .addColumn('updated_at', types.integer, (column) => column.notNull())
        .execute();
    },
  };
}

async function changeDays(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const days = db.schema.alterTable('days');
  await days.addColumn('counts_json', types.text, (column) => column.notNull().defaultTo('{}')).execute();
  await days.addColumn('declared', types.integer).execute();
  await days.addColumn('sources_json', types.text, (column) => column.notNull().defaultTo('[]')).execute();
  await days.addColumn('found', types.text).execute();
  await days.addColumn('first_tried_at', types.integer).execute();
  await days.addColumn('read_at', types.integer).execute();
  await days.addColumn('check_json', types.text).execute();
  await sql`update days set first_tried_at = tried_at, read_at = matched_at`.execute(db);
  await sql`update days set sources_json = '["' || source || '"]' where source is not null`.execute(db);
  await days.dropColumn('source').execute();
}
