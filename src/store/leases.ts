import type { Kysely, Transaction } from 'kysely';
import type { LeaseStore } from '../domain/ports.ts';
import { AppError } from '../lib/errors.ts';
import type { Tables } from './schema.ts';

/** Who does which role's work; see LeaseStore. */
export function createLeaseStore(db: Kysely<Tables>): LeaseStore {
  return {
    get: async (name) => {
      const row = await db.selectFrom('leases').select(['holder', 'beat']).where('name', '=', name).executeTakeFirst();
      return row ?? null;
    },

    take: async (name, seen, holder) => {
      if (seen === null) {
        const { numInsertedOrUpdatedRows } = await db
          .insertInto('leases')
          .values({ name, holder, beat: 1 })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .executeTakeFirstOrThrow();
        return (numInsertedOrUpdatedRows ?? 0n) > 0n;
      }
      // A transaction, so that it never comes between another's statements: whoever has seen that the lease is his does what he does
      // before it goes.
      return db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('leases')
          .set({ holder, beat: seen.beat + 1 })
          .where('name', '=', name)
          .where('beat', '=', seen.beat)
          .where('holder', seen.holder === null ? 'is' : '=', seen.holder)
          .executeTakeFirstOrThrow();
        return numUpdatedRows > 0n;
      });
    },

    beat: async (name, holder) => {
      const { numUpdatedRows } = await db
        .updateTable('leases')
        .set((lease) => ({ beat: lease('beat', '+', 1) }))
        .where('name', '=', name)
        .where('holder', '=', holder)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },

    release: async (name, holder) => {
      await db
        .updateTable('leases')
        .set((lease) => ({ holder: null, beat: lease('beat', '+', 1) }))
        .where('name', '=', name)
        .where('holder', '=', holder)
        .execute();
    },
  };
}

/**
 * Whoever lost the lease `worker` while it slept or was cut off must not touch what its successor has in hand.
 *
 * @param transaction before whose end nobody takes the lease
 * @throws AppError('lease-lost') where `sender` does not hold it
 */
export async function requireLease(transaction: Transaction<Tables>, sender: string): Promise<void> {
  const lease = await transaction.selectFrom('leases').select('holder').where('name', '=', 'worker').executeTakeFirst();
  if (lease?.holder === sender) return;
  throw new AppError('lease-lost', 'deliver: another process has taken over sending from this database');
}
