import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './dialect.ts';

/**
 * The tables of the first version, but for its full-text index, which the fourth migration replaces. What was released is never edited:
 * later changes are later migrations.
 */
export function firstTables(types: ColumnTypes): Migration {
  return {
    up: async (db) => {
      await createPaperTables(db, types);
      await createSubscriberTables(db, types);
      await createOutbox(db, types);
      await createSmallTables(db, types);
    },
  };
}

async function createPaperTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('papers')
    .addColumn('seq', types.integer, types.sequence)
    .addColumn('id', types.text, (column) => column.notNull().unique())
    .addColumn('version', types.integer)
    .addColumn('title', types.text, (column) => column.notNull())
    .addColumn('authors_json', types.text, (column) => column.notNull())
    .addColumn('authors_truncated', types.integer, (column) => column.notNull())
    .addColumn('abstract', types.text)
    .addColumn('categories_json', types.text, (column) => column.notNull())
    .addColumn('primary_category', types.text, (column) => column.notNull())
    .addColumn('comments', types.text)
    .addColumn('journal_ref', types.text)
    .addColumn('doi', types.text)
    .addColumn('withdrawn', types.integer, (column) => column.notNull())
    .addColumn('formats_json', types.text, (column) => column.notNull())
    .addColumn('first_announced', types.text, (column) => column.notNull())
    .addColumn('last_announced', types.text, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('papers_by_day').on('papers').columns(['last_announced', 'id']).execute();

  await db.schema
    .createTable('announcements')
    .addColumn('paper', types.text, (column) => column.notNull().references('papers.id'))
    .addColumn('category', types.text, (column) => column.notNull())
    .addColumn('date', types.text, (column) => column.notNull())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('matched_at', types.integer)
    .addPrimaryKeyConstraint('announcements_key', ['paper', 'category', 'date'])
    .execute();
  await db.schema
    .createIndex('announcements_unmatched')
    .on('announcements')
    .columns(['category', 'date', 'paper'])
    .where(sql.ref('matched_at'), 'is', null)
    .execute();

  await db.schema
    .createTable('days')
    .addColumn('archive', types.text, (column) => column.notNull())
    .addColumn('date', types.text, (column) => column.notNull())
    .addColumn('state', types.text, (column) => column.notNull())
    .addColumn('papers', types.integer, (column) => column.notNull())
    .addColumn('source', types.text)
    .addColumn('tried_at', types.integer)
    .addColumn('matched_at', types.integer)
    .addPrimaryKeyConstraint('days_key', ['archive', 'date'])
    .execute();
}

async function createSubscriberTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('targets')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('guild_id', types.text)
    .addColumn('user_id', types.text)
    .addColumn('state', types.text, (column) => column.notNull())
    .addColumn('paused_reason', types.text)
    .execute();

  await db.schema
    .createTable('subscriptions')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('target', types.text, (column) => column.notNull().references('targets.id'))
    .addColumn('query', types.text, (column) => column.notNull())
    .addColumn('categories_json', types.text, (column) => column.notNull())
    .addColumn('interests', types.text, (column) => column.notNull())
    .addColumn('authors_json', types.text, (column) => column.notNull())
    .addColumn('kinds_json', types.text, (column) => column.notNull())
    .addColumn('min_score', types.real, (column) => column.notNull())
    .addColumn('max_papers', types.integer, (column) => column.notNull())
    .addColumn('style', types.text, (column) => column.notNull())
    .addColumn('hour', types.integer)
    .addColumn('zone', types.text, (column) => column.notNull())
    .addColumn('created_by', types.text)
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('subscriptions_by_target').on('subscriptions').column('target').execute();

  await db.schema
    .createTable('marks')
    .addColumn('user_id', types.text, (column) => column.notNull())
    .addColumn('paper', types.text, (column) => column.notNull())
    .addColumn('kind', types.text, (column) => column.notNull())
    .addColumn('subscription', types.text, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('marks_key', ['user_id', 'paper', 'kind', 'subscription'])
    .execute();
}

async function createOutbox(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('seq', types.integer, types.sequence)
    .addColumn('id', types.text, (column) => column.notNull().unique())
    .addColumn('dedupe_key', types.text, (column) => column.notNull().unique())
    .addColumn('target', types.text, (column) => column.notNull().references('targets.id'))
    .addColumn('style', types.text, (column) => column.notNull())
    .addColumn('date', types.text, (column) => column.notNull())
    .addColumn('due', types.integer, (column) => column.notNull())
    .addColumn('papers_json', types.text, (column) => column.notNull())
    .addColumn('state', types.text, (column) => column.notNull())
    .addColumn('not_before', types.integer, (column) => column.notNull())
    .addColumn('leased_until', types.integer)
    .addColumn('attempts', types.integer, (column) => column.notNull())
    .addColumn('reason', types.text)
    .addColumn('message_id', types.text)
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('settled_at', types.integer)
    .execute();
  // The outbox stays small however long the history grows.
  await db.schema
    .createIndex('deliveries_lanes')
    .on('deliveries')
    .columns(['target', 'due', 'seq'])
    .where(sql.ref('state'), '=', sql.lit('pending'))
    .execute();
  await db.schema
    .createIndex('deliveries_pending')
    .on('deliveries')
    .columns(['due', 'seq'])
    .where(sql.ref('state'), '=', sql.lit('pending'))
    .execute();

  // What of a day has been promised is asked at every reading of its listing.
  await db.schema.createIndex('deliveries_by_date').on('deliveries').column('date').execute();

  await db.schema
    .createTable('promises')
    .addColumn('target', types.text, (column) => column.notNull().references('targets.id'))
    .addColumn('paper', types.text, (column) => column.notNull())
    .addColumn('occasion', types.text, (column) => column.notNull())
    .addColumn('delivery', types.text, (column) => column.notNull().references('deliveries.id'))
    .addPrimaryKeyConstraint('promises_key', ['target', 'paper', 'occasion'])
    .execute();
}

async function createSmallTables(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('key', types.text, (column) => column.notNull().primaryKey())
    .addColumn('value', types.text, (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('recent_queries')
    .addColumn('id', types.text, (column) => column.notNull().primaryKey())
    .addColumn('request_json', types.text, (column) => column.notNull())
    .addColumn('used_at', types.integer, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('recent_queries_by_use').on('recent_queries').column('used_at').execute();
}
