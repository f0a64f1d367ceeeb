import type { Kysely, Updateable } from 'kysely';
import type { Outcome } from '../domain/delivery.ts';
import type { DeliveryTable, Tables } from './schema.ts';
import { pauseTarget } from './targets.ts';

/**
 * Records what came of an attempt and gives the lease back; see DeliveryStore.settle.
 *
 * A delivery that was settled for good before stays as it is: a slow sender whose lease ran out may come with its outcome after another.
 */
export async function settleDelivery(db: Kysely<Tables>, id: string, outcome: Outcome, nowMs: number): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const settled = await transaction
      .updateTable('deliveries')
      .set({ ...changes(outcome, nowMs), leased_until: null })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .returning('target')
      .executeTakeFirst();
    if (settled && outcome.kind === 'pause') await pauseTarget(transaction, settled.target, outcome.reason);
  });
}

function changes(outcome: Outcome, nowMs: number): Updateable<DeliveryTable> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', message_id: outcome.messageId, reason: null, settled_at: nowMs };
    case 'retry':
      return { not_before: outcome.atMs, reason: outcome.reason };
    case 'pause':
      return { reason: outcome.reason };
    default:
      return { state: 'dead', reason: outcome.reason, settled_at: nowMs };
  }
}
