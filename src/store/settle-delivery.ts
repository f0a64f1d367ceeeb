import { sql } from 'kysely';
import type { Kysely, Transaction, Updateable } from 'kysely';
import type { Outcome } from '../domain/delivery.ts';
import type { DeliveryTable, Tables } from './schema.ts';
import { pauseTarget } from './targets.ts';

/**
 * Neither a retry nor a lease of ours ends further ahead than a day. What is found further ahead was written by a clock that was ahead,
 * and binds nobody.
 */
export const furthestAheadMs = 24 * 60 * 60 * 1_000;

/**
 * Records what came of an attempt and gives the lease back; see DeliveryStore.settle.
 *
 * A delivery that was settled for good before stays as it is: a slow sender whose lease ran out may come with its outcome after another.
 */
export async function settleDelivery(
  transaction: Transaction<Tables>,
  id: string,
  outcome: Outcome,
  nowMs: number,
): Promise<void> {
  const settled = await transaction
    .updateTable('deliveries')
    .set({ ...changes(outcome, nowMs), leased_until: null })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .returning('target')
    .executeTakeFirst();
  if (settled && outcome.kind === 'pause') await pauseTarget(transaction, settled.target, outcome.reason);
}

/** Gives up what has waited too long; see DeliveryStore.expire. */
export async function expireDeliveries(
  db: Kysely<Tables>,
  dueBeforeMs: number,
  reason: string,
  nowMs: number,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ ...changes({ kind: 'dead', reason }, nowMs), leased_until: null })
    // As a literal, or SQLite could not tell that its partial index of the pending ones serves.
    .where('state', '=', sql.lit('pending' as const))
    .where('due', '<', dueBeforeMs)
    // What is being sent may well arrive: its sender knows better, and where it died the next call finds the lease run out.
    .where((row) =>
      row.or([
        row('leased_until', 'is', null),
        row('leased_until', '<=', nowMs),
        row('leased_until', '>', nowMs + furthestAheadMs),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

function changes(outcome: Outcome, nowMs: number): Updateable<DeliveryTable> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', message_id: outcome.messageId, reason: null, settled_at: nowMs };
    case 'retry':
      return { not_before: Math.min(outcome.atMs, nowMs + furthestAheadMs), reason: outcome.reason };
    case 'pause':
      return { reason: outcome.reason };
    default:
      return { state: 'dead', reason: outcome.reason, settled_at: nowMs };
  }
}
