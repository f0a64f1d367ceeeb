import type { Kysely } from 'kysely';
import type { SettingStore } from '../domain/ports.ts';
import type { Tables } from './schema.ts';

/** Small facts that outlive a restart, by name. */
export function createSettingStore(db: Kysely<Tables>): SettingStore {
  return {
    get: async (key) => {
      const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value ?? null;
    },

    set: async (key, value) => {
      await db
        .insertInto('settings')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}
