import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './dialect.ts';

/**
 * One sender at a time, by a lease for the whole outbox instead of one for each delivery; what a dead sender leaves is uncertain. Also
 * what comes with it: targets that are tried again, messages to publish, quiet hours, and notices for people.
 */
export function oneSender(types: ColumnTypes): Migration {
  return {
    up: async (db) => {
      await changeOutbox(db, types);
      await changeTargets(db, types);
      await db.schema.alterTable('subscriptions').addColumn('quiet_from', types.integer).execute();
      await db.schema.alterTable('subscriptions').addColumn('quiet_until', types.integer).execute();
      await createLeases(db, types);
      await createNotices(db, types);
    },
  };
}

async function changeOutbox(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema.alterTable('deliveries').addColumn('sender', types.text).execute();
  await db.schema.alterTable('deliveries').addColumn('first_tried_at', types.integer).execute();
  await db.schema.alterTable('deliveries').addColumn('sent_after', types.text).execute();
  await db.schema.alterTable('deliveries').addColumn('publish_at', types.integer).execute();
  await sql`update deliveries set state = 'uncertain' where state = 'pending' and leased_until is not null`.execute(db);
  await sql`update deliveries set first_tried_at = due where state in ('pending', 'uncertain') and attempts > 0`.execute(
    db,
  );
  await db.schema.dropIndex('deliveries_lanes').execute();
  await db.schema.dropIndex('deliveries_pending').execute();
  await db.schema.alterTable('deliveries').dropColumn('leased_until').execute();
  // The outbox stays small however long the history grows.
  await db.schema
    .createIndex('deliveries_lanes')
    .on('deliveries')
    .columns(['target', 'due', 'seq'])
    .where(sql.ref('settled_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('deliveries_open')
    .on('deliveries')
    .columns(['due', 'seq'])
    .where(sql.ref('settled_at'), 'is', null)
    .execute();
  // What came of the history is counted, and its dead letters are found, without reading it.
  await db.schema
    .createIndex('deliveries_settled')
    .on('deliveries')
    .columns(['state', 'settled_at', 'seq'])
    .where(sql.ref('settled_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('deliveries_unpublished')
    .on('deliveries')
    .columns(['publish_at', 'seq'])
    .where(sql.ref('publish_at'), 'is not', null)
    .execute();
}

async function changeTargets(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema.alterTable('targets').addColumn('probe_at', types.integer).execute();
  await db.schema
    .alterTable('targets')
    .addColumn('probes', types.integer, (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('targets').addColumn('opens_at', types.integer).execute();
  await db.schema.alterTable('targets').addColumn('last_message', types.text).execute();
  // Whatever was paused is tried again.
  await sql`update targets set probe_at = 0 where state = 'paused'`.execute(db);
}

async function createLeases(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('leases')
    .addColumn('name', types.text, (column) => column.notNull().primaryKey())
    .addColumn('holder', types.text)
    .addColumn('beat', types.integer, (column) => column.notNull())
    .execute();
}

async function createNotices(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('notices')
    .addColumn('seq', types.integer, types.sequence)
    .addColumn('user_id', types.text, (column) => column.notNull())
    .addColumn('text', types.text, (column) => column.notNull())
    .addColumn('created_at', types.integer, (column) => column.notNull())
    .addColumn('told_at', types.integer)
    .execute();
  await db.schema
    .createIndex('notices_untold')
    .on('notices')
    .columns(['user_id', 'seq'])
    .where(sql.ref('told_at'), 'is', null)
    .execute();
}
