import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The tables of the first version. What was released is never edited: later changes are later migrations. */
export const firstTables: Migration = { up };

async function up(db: Kysely<unknown>): Promise<void> {
  await createPaperTables(db);
  await createSubscriberTables(db);
  await createOutbox(db);
  await createSmallTables(db);
}

async function createPaperTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('papers')
    .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('version', 'integer')
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('authors_json', 'text', (column) => column.notNull())
    .addColumn('authors_truncated', 'integer', (column) => column.notNull())
    .addColumn('abstract', 'text')
    .addColumn('categories_json', 'text', (column) => column.notNull())
    .addColumn('primary_category', 'text', (column) => column.notNull())
    .addColumn('comments', 'text')
    .addColumn('journal_ref', 'text')
    .addColumn('doi', 'text')
    .addColumn('withdrawn', 'integer', (column) => column.notNull())
    .addColumn('formats_json', 'text', (column) => column.notNull())
    .addColumn('first_announced', 'text', (column) => column.notNull())
    .addColumn('last_announced', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('papers_by_day').on('papers').columns(['last_announced', 'id']).execute();

  await db.schema
    .createTable('announcements')
    .addColumn('paper', 'text', (column) => column.notNull().references('papers.id'))
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('matched_at', 'integer')
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
    .addColumn('archive', 'text', (column) => column.notNull())
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('papers', 'integer', (column) => column.notNull())
    .addColumn('source', 'text')
    .addColumn('tried_at', 'integer')
    .addColumn('matched_at', 'integer')
    .addPrimaryKeyConstraint('days_key', ['archive', 'date'])
    .execute();

  // Our own tokens and stems, joined by blanks (src/store/index-row.ts). The tokenizer `ascii` leaves them as they are: it parts words
  // at ASCII characters other than letters and digits only, where `unicode61` would part words of scripts its old tables do not know.
  // Without content: the text is in `papers`, only the index is here.
  await sql`create virtual table paper_index using fts5(
    title_stems, abstract_stems, comment_stems, title_words, abstract_words, comment_words, authors, categories, ids,
    content = '', contentless_delete = 1, tokenize = 'ascii'
  )`.execute(db);
}

async function createSubscriberTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('targets')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('guild_id', 'text')
    .addColumn('user_id', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('paused_reason', 'text')
    .execute();

  await db.schema
    .createTable('subscriptions')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('target', 'text', (column) => column.notNull().references('targets.id'))
    .addColumn('query', 'text', (column) => column.notNull())
    .addColumn('categories_json', 'text', (column) => column.notNull())
    .addColumn('interests', 'text', (column) => column.notNull())
    .addColumn('authors_json', 'text', (column) => column.notNull())
    .addColumn('kinds_json', 'text', (column) => column.notNull())
    .addColumn('min_score', 'real', (column) => column.notNull())
    .addColumn('max_papers', 'integer', (column) => column.notNull())
    .addColumn('style', 'text', (column) => column.notNull())
    .addColumn('hour', 'integer')
    .addColumn('zone', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text')
    .addColumn('created_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('subscriptions_by_target').on('subscriptions').column('target').execute();

  await db.schema
    .createTable('marks')
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('paper', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('subscription', 'text', (column) => column.notNull())
    .addColumn('created_at', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('marks_key', ['user_id', 'paper', 'kind', 'subscription'])
    .execute();
}

async function createOutbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('dedupe_key', 'text', (column) => column.notNull().unique())
    .addColumn('target', 'text', (column) => column.notNull().references('targets.id'))
    .addColumn('style', 'text', (column) => column.notNull())
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('due', 'integer', (column) => column.notNull())
    .addColumn('papers_json', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('not_before', 'integer', (column) => column.notNull())
    .addColumn('leased_until', 'integer')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('message_id', 'text')
    .addColumn('created_at', 'integer', (column) => column.notNull())
    .addColumn('settled_at', 'integer')
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
    .addColumn('target', 'text', (column) => column.notNull().references('targets.id'))
    .addColumn('paper', 'text', (column) => column.notNull())
    .addColumn('occasion', 'text', (column) => column.notNull())
    .addColumn('delivery', 'text', (column) => column.notNull().references('deliveries.id'))
    .addPrimaryKeyConstraint('promises_key', ['target', 'paper', 'occasion'])
    .execute();
}

async function createSmallTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('settings')
    .addColumn('key', 'text', (column) => column.notNull().primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('recent_queries')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('request_json', 'text', (column) => column.notNull())
    .addColumn('used_at', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('recent_queries_by_use').on('recent_queries').column('used_at').execute();
}
