import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './dialect.ts';

/** What subscriptions learn: by what their scores are judged, whose marks count for them, and about how many papers a day they want. */
export function learning(types: ColumnTypes): Migration {
  return {
    up: async (db) => {
      await db.schema.alterTable('subscriptions').addColumn('per_day', types.integer).execute();
      await db.schema
        .createTable('calibrations')
        .addColumn('subscription', types.text, (column) => column.notNull().primaryKey())
        .addColumn('basis', types.text, (column) => column.notNull())
        .addColumn('window_json', types.text, (column) => column.notNull())
        .addColumn('volume_json', types.text)
        .addColumn('revision', types.integer, (column) => column.notNull())
        .execute();
      // The marks of each subscription are asked for at every reading.
      await db.schema
        .createIndex('marks_by_subscription')
        .on('marks')
        .columns(['subscription', 'created_at'])
        .execute();
      // Whoever presses a button under a post names the message.
      await db.schema
        .createIndex('deliveries_by_message')
        .on('deliveries')
        .column('message_id')
        .where(sql.ref('message_id'), 'is not', null)
        .execute();
    },
  };
}
