import type { Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/**
 * A row of `settings` that every backup holds, and no other database before it was restored from one: a backup knows nothing of the posts
 * that were sent after it was made. Whatever was announced by the day on which sending from it began may have arrived.
 *
 * A backup does not know that day either. Its row says so, and the first claim of the bot puts the time there: so it is the bot's own
 * clock, and a backup that was copied into place by hand is as safe as one that `restore` brought.
 */
export const restoredAt = { key: 'restored.at', beforeFirstClaim: 'when sending begins' } as const;

/**
 * The day (UTC) on which sending from a restored backup began; null for a database that never was one.
 *
 * An announcement of a later day was made from this database alone. (arXiv dates a listing by the day on which it is out everywhere: at
 * 20:00 in New York it is that day in UTC already.)
 *
 * @param nowMs the bot's clock, in epoch milliseconds
 */
export async function restoredOn(transaction: Transaction<Tables>, nowMs: number): Promise<string | null> {
  const row = await transaction
    .selectFrom('settings')
    .select('value')
    .where('key', '=', restoredAt.key)
    .executeTakeFirst();
  if (!row) return null;
  const at = Number(row.value);
  if (Number.isFinite(at)) return isoDay(at);
  await transaction
    .updateTable('settings')
    .set({ value: String(nowMs) })
    .where('key', '=', restoredAt.key)
    .execute();
  return isoDay(nowMs);
}

function isoDay(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('UTC').toPlainDate().toString();
}
