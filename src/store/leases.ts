import type { Kysely } from 'kysely';
import type { LeaseStore } from '../domain/ports.ts';
import type { Tables } from './schema.ts';

/** Roles that one process at a time may hold, on our clock. */
export function createLeaseStore(db: Kysely<Tables>): LeaseStore {
  return {
    acquire: async ({ role, holder, nowMs, leaseMs }) => {
      const until = nowMs + leaseMs;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('leases')
        .values({ role, holder, until })
        .onConflict((conflict) =>
          conflict
            .column('role')
            .doUpdateSet({ holder, until })
            .where((where) => where.or([where('leases.holder', '=', holder), where('leases.until', '<=', nowMs)])),
        )
        .executeTakeFirstOrThrow();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    release: async (role, holder) => {
      await db.deleteFrom('leases').where('role', '=', role).where('holder', '=', holder).execute();
    },
  };
}
