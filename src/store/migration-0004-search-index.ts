import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes, DatabaseKind } from './dialect.ts';

/**
 * The index of words that both databases share (src/search), instead of one of each database's own. Papers that are there already are
 * indexed after it, in transactions of their own (src/store/unindexed.ts).
 */
export function searchIndex(types: ColumnTypes, kind: DatabaseKind): Migration {
  return {
    up: async (db) => {
      await db.schema.dropTable('paper_index').ifExists().execute();
      await db.schema
        .createTable('search_segments')
        .addColumn('seq', types.integer, types.sequence)
        .addColumn('position', types.integer, (column) => column.notNull().unique())
        .addColumn('count', types.integer, (column) => column.notNull())
        .addColumn('blocks', types.integer, (column) => column.notNull())
        .addColumn('documents', types.bytes, (column) => column.notNull())
        .addColumn('heads', types.bytes, (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('search_blocks')
        .addColumn('block', types.integer, (column) => column.notNull().primaryKey())
        .addColumn('terms', types.bytes, (column) => column.notNull())
        .addColumn('docs', types.bytes, (column) => column.notNull())
        .addColumn('positions', types.bytes, (column) => column.notNull())
        .execute();
      // Dense already: PostgreSQL's own compression would cost more than it saves.
      if (kind === 'postgres') {
        for (const column of ['docs', 'positions']) {
          await sql`alter table search_blocks alter column ${sql.ref(column)} set storage external`.execute(db);
        }
        await sql`alter table search_segments alter column documents set storage external`.execute(db);
      }
      await sql`insert into settings (key, value)
        select 'search.unindexed', '{"after":0,"until":' || max(seq) || '}' from papers having count(*) > 0`.execute(
        db,
      );
    },
  };
}
