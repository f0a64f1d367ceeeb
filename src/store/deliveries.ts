import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Occasion } from '../domain/delivery.ts';
import type { DeliveryStore } from '../domain/ports.ts';
import type { Log } from '../lib/log.ts';
import { inBatches } from './batches.ts';
import { areCurrent, writeCalibrations } from './calibrations.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { deadDeliveries, reviveDeliveries } from './dead-letters.ts';
import { ledgerOf, sentTo } from './ledger.ts';
import { ledgerFaults } from './ledger-faults.ts';
import { noOtherInLane } from './lane.ts';
import { isReached } from './reached.ts';
import type { Tables } from './schema.ts';
import { deliveryOfMessage } from './delivery-of-message.ts';
import { adoptDeliveries, expireDeliveries, longestRetryMs, settleDelivery } from './settle-delivery.ts';
import { spentOn } from './spent.ts';
import { markPublished, unpublishedMessages } from './unpublished.ts';
import { writeDeliveries } from './write-deliveries.ts';

/** The ledger of promises and the outbox. */
export function createDeliveryStore(db: Kysely<Tables>, log: Log): DeliveryStore {
  return {
    promised: (target, papers) => promisesOf(db, target, papers),

    ledger: (target, paper) => ledgerOf(db, target, paper),

    sentTo: (target, since) => sentTo(db, target, since),

    commit: ({ archive, date, papers, deliveries, calibrations = [], nowMs }) =>
      db.transaction().execute(async (transaction) => {
        if (!(await areCurrent(transaction, calibrations))) return null;
        await writeCalibrations(transaction, calibrations);
        const written = await writeDeliveries(transaction, deliveries, nowMs);
        await markMatched(transaction, { archive, date, papers, nowMs });
        return written;
      }),

    claim: (request) => claimDeliveries(db, request, log),

    ofMessage: (messageId) => deliveryOfMessage(db, messageId),

    spent: (date) => spentOn(db, date),

    // A transaction, so that it does not come between what `claim` reads and what it writes.
    expire: (dueBeforeMs, reason, nowMs) =>
      db.transaction().execute((transaction) => expireDeliveries(transaction, dueBeforeMs, reason, nowMs)),

    // A transaction, so that on PostgreSQL it queues behind a claim of the sender before.
    adopt: (sender, postsNotBeforeMs = 0) =>
      db.transaction().execute((transaction) => adoptDeliveries(transaction, sender, postsNotBeforeMs)),

    settle: (sender, id, outcome, nowMs) =>
      db.transaction().execute((transaction) => settleDelivery(transaction, sender, id, outcome, nowMs)),

    dead: (limit) => deadDeliveries(db, limit),

    revive: (ids) => reviveDeliveries(db, ids),

    unpublished: (nowMs, limit) => unpublishedMessages(db, nowMs, limit),

    published: (delivery, againAtMs) => markPublished(db, delivery, againAtMs),

    faults: () => ledgerFaults(db),

    counts: async (nowMs) => ({
      pending: await countOpen(db),
      due: await countDue(db, nowMs),
      sent: await countSettled(db, 'sent'),
      dead: await countSettled(db, 'dead'),
    }),
  };
}

async function countOpen(db: Kysely<Tables>): Promise<number> {
  const { count } = await db
    .selectFrom('deliveries')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

async function countSettled(db: Kysely<Tables>, state: 'sent' | 'dead'): Promise<number> {
  const { count } = await db
    .selectFrom('deliveries')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('state', '=', state)
    // The index has nothing else.
    .where('settled_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return count;
}

async function countDue(db: Kysely<Tables>, nowMs: number): Promise<number> {
  const { count } = await db
    .selectFrom('deliveries')
    .innerJoin('targets', 'targets.id', 'deliveries.target')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('settled_at', 'is', null)
    .where('due', '<=', nowMs)
    .where('targets.state', '=', 'active')
    // Behind one that waits for its next try nothing of its lane can be sent.
    .where(
      noOtherInLane(
        'deliveries.target',
        sql`other.due <= ${nowMs} and not ${isReached('other.not_before', nowMs, longestRetryMs)}`,
      ),
    )
    .executeTakeFirstOrThrow();
  return count;
}

async function promisesOf(
  db: Kysely<Tables>,
  target: string,
  papers: readonly string[],
): Promise<{ paper: string; occasion: Occasion }[]> {
  const found: { paper: string; occasion: Occasion }[] = [];
  for (const batch of inBatches(papers)) {
    const rows = await db
      .selectFrom('promises')
      .select(['paper', 'occasion'])
      .where('target', '=', target)
      .where('paper', 'in', batch)
      .orderBy('paper')
      .orderBy('occasion')
      .execute();
    found.push(...rows);
  }
  return found;
}

async function markMatched(
  db: Kysely<Tables>,
  matched: { archive: string; date: string; papers: readonly string[]; nowMs: number },
): Promise<void> {
  const { archive, date, papers, nowMs } = matched;
  for (const batch of inBatches(papers)) {
    await db
      .updateTable('announcements')
      .set({ matched_at: nowMs })
      .where('category', '=', archive)
      .where('date', '=', date)
      .where('paper', 'in', batch)
      .where('matched_at', 'is', null)
      .execute();
  }
  // Papers that were saved while these were being matched keep the day open.
  await db
    .updateTable('days')
    .set({ matched_at: nowMs })
    .where('archive', '=', archive)
    .where('date', '=', date)
    .where('matched_at', 'is', null)
    .where((day) =>
      day.not(
        day.exists(
          day
            .selectFrom('announcements')
            .select(sql.lit(1).as('one'))
            .where('category', '=', archive)
            .where('date', '=', date)
            .where('matched_at', 'is', null),
        ),
      ),
    )
    .execute();
}
