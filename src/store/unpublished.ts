import type { Kysely } from 'kysely';
import type { Unpublished } from '../domain/delivery.ts';
import { isReached } from './reached.ts';
import type { Tables } from './schema.ts';
import { longestRetryMs } from './settle-delivery.ts';

/** Messages of announcement channels that wait to be published; see DeliveryStore.unpublished. */
export async function unpublishedMessages(db: Kysely<Tables>, nowMs: number, limit: number): Promise<Unpublished[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'target', 'message_id'])
    .where('publish_at', 'is not', null)
    .where(isReached('publish_at', nowMs, longestRetryMs))
    .orderBy('publish_at')
    .orderBy('seq')
    .execute();
  const perTarget = new Map<string, Unpublished>();
  for (const { id, target, message_id: messageId } of rows) {
    if (messageId !== null && !perTarget.has(target)) perTarget.set(target, { id, target, messageId });
  }
  return [...perTarget.values()].slice(0, limit);
}

/** Takes a message off that list, or has its whole target wait; see DeliveryStore.published. */
export async function markPublished(
  db: Kysely<Tables>,
  { id, target }: Unpublished,
  againAtMs: number | null,
): Promise<void> {
  const update = db.updateTable('deliveries').where('publish_at', 'is not', null);
  if (againAtMs === null) await update.set({ publish_at: null }).where('id', '=', id).execute();
  else await update.set({ publish_at: againAtMs }).where('target', '=', target).execute();
}
