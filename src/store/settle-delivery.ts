import type { Kysely, Transaction, Updateable } from 'kysely';
import type { Outcome } from '../domain/delivery.ts';
import { requireLease } from './leases.ts';
import type { DeliveryTable, Tables } from './schema.ts';
import { closeTarget, openTarget, pauseTarget } from './targets.ts';

/** No retry of ours is planned further ahead, whatever Discord asked for: asking once an hour hurts nobody. */
export const longestRetryMs = 60 * 60 * 1_000;

/**
 * Records what came of an attempt of `sender`; see DeliveryStore.settle.
 *
 * A slow sender that lost its lease may come with its outcome after another: that it arrived is true whoever says so.
 */
export async function settleDelivery(
  transaction: Transaction<Tables>,
  sender: string,
  id: string,
  outcome: Outcome,
  nowMs: number,
): Promise<void> {
  let update = transaction
    .updateTable('deliveries')
    .set({ ...changes(outcome, nowMs), sender: null })
    .where('id', '=', id)
    .where('settled_at', 'is', null);
  if (outcome.kind !== 'sent') update = update.where('sender', '=', sender);
  // It was not tried: its claim does not count.
  if (outcome.kind === 'wait') {
    update = update.set((row) => ({
      attempts: row('attempts', '-', 1),
      first_tried_at: row.case().when('attempts', '>', 1).then(row.ref('first_tried_at')).else(null).end(),
    }));
  }
  const settled = await update.returning('target').executeTakeFirst();
  if (!settled) return;
  const { target } = settled;
  if (outcome.kind === 'sent') await recordArrival(transaction, { id, target, outcome, nowMs });
  if (outcome.kind === 'pause') await pauseTarget(transaction, target, outcome.reason, nowMs);
  if (outcome.kind === 'gone') await closeTarget(transaction, target, outcome.reason, nowMs);
}

async function recordArrival(
  transaction: Transaction<Tables>,
  arrival: {
    readonly id: string;
    readonly target: string;
    readonly outcome: Extract<Outcome, { kind: 'sent' }>;
    readonly nowMs: number;
  },
): Promise<void> {
  const { id, target, outcome, nowMs } = arrival;
  const kind = await openTarget(transaction, target, {
    opensAt: outcome.laneOpensAtMs ?? null,
    lastMessage: outcome.messageId,
  });
  if (kind !== 'announcement' || outcome.messageId === '') return;
  const publishAt = await nextPublishing(transaction, target, nowMs);
  await transaction.updateTable('deliveries').set({ publish_at: publishAt }).where('id', '=', id).execute();
}

/** Now, or when Discord takes the next of this channel: those that wait for that come first. */
async function nextPublishing(db: Kysely<Tables>, target: string, nowMs: number): Promise<number> {
  const { latest } = await db
    .selectFrom('deliveries')
    .select((row) => row.fn.max('publish_at').as('latest'))
    .where('target', '=', target)
    .where('publish_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return Math.min(Math.max(nowMs, latest ?? 0), nowMs + longestRetryMs);
}

/** Gives up what paused targets have waited for too long; see DeliveryStore.expire. */
export async function expireDeliveries(
  db: Kysely<Tables>,
  dueBeforeMs: number,
  reason: string,
  nowMs: number,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ ...changes({ kind: 'dead', reason }, nowMs), sender: null })
    .where('settled_at', 'is', null)
    .where('due', '<', dueBeforeMs)
    .where('state', '!=', 'sending')
    .where('target', 'in', (paused) => paused.selectFrom('targets').select('id').where('state', '=', 'paused'))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** What nobody is sending any more; see DeliveryStore.adopt. */
export async function adoptDeliveries(
  transaction: Transaction<Tables>,
  sender: string,
  postsNotBeforeMs: number,
): Promise<number> {
  await requireLease(transaction, sender);
  const lost = transaction
    .updateTable('deliveries')
    .set({ state: 'uncertain', sender: null })
    .where('settled_at', 'is', null)
    .where('state', '=', 'sending');
  const posts = await lost
    .set({ not_before: postsNotBeforeMs })
    .where('target', 'in', (forums) => forums.selectFrom('targets').select('id').where('kind', '=', 'forum'))
    .executeTakeFirstOrThrow();
  const others = await lost.executeTakeFirstOrThrow();
  return Number(posts.numUpdatedRows + others.numUpdatedRows);
}

function changes(outcome: Outcome, nowMs: number): Updateable<DeliveryTable> {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent', message_id: outcome.messageId, reason: null, settled_at: nowMs };
    case 'retry':
      return {
        state: openState(outcome.mayHaveArrived),
        not_before: Math.min(outcome.atMs, nowMs + longestRetryMs),
        reason: outcome.reason,
      };
    case 'wait':
      return {
        state: 'pending',
        due: outcome.untilMs,
        not_before: 0,
        reason: null,
      };
    case 'pause':
      return { state: openState(outcome.mayHaveArrived), reason: outcome.reason };
    default:
      return { state: 'dead', reason: outcome.reason, settled_at: nowMs };
  }
}

function openState(mayHaveArrived = false): DeliveryTable['state'] {
  return mayHaveArrived ? 'uncertain' : 'pending';
}
