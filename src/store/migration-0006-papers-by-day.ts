import type { Migration } from 'kysely/migration';

/** Days of the archive are looked back at, and what a channel was sent lately, without reading all of either. */
export function papersByDay(): Migration {
  return {
    up: async (db) => {
      await db.schema.createIndex('papers_by_first_day').on('papers').columns(['first_announced', 'id']).execute();
      await db.schema.createIndex('announcements_by_day').on('announcements').columns(['date', 'paper']).execute();
      await db.schema.createIndex('deliveries_of_target').on('deliveries').columns(['target', 'date']).execute();
    },
  };
}
