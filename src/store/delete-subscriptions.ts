import type { Kysely } from 'kysely';
import { inBatches } from './batches.ts';
import type { Tables } from './schema.ts';

/** Ends subscriptions, with what was learned for them: an id may be given again. Returns how many there were. */
export async function deleteSubscriptions(
  transaction: Kysely<Tables>,
  column: 'id' | 'target',
  value: string,
): Promise<number> {
  const rows = await transaction.deleteFrom('subscriptions').where(column, '=', value).returning('id').execute();
  const ids = rows.map(({ id }) => id);
  for (const batch of inBatches(ids)) {
    await transaction.deleteFrom('marks').where('subscription', 'in', batch).execute();
    await transaction.deleteFrom('calibrations').where('subscription', 'in', batch).execute();
  }
  return ids.length;
}
