import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { deliveredPapers } from './delivery-papers.ts';
import type { DeliveryTable, Tables } from './schema.ts';
import { furthestAheadMs, settleDelivery } from './settle-delivery.ts';

type Request = { readonly nowMs: number; readonly leaseMs: number; readonly limit: number };

/** As a literal, or SQLite could not tell that its partial indexes of the pending ones serve. */
const pending = sql.lit('pending' as const);

/**
 * Leases the heads of the lanes that may be sent now, oldest due first; see DeliveryStore.claim.
 *
 * The lane of a target is its pending deliveries by due time, then by creation. While one of them is leased the whole lane waits, so
 * that two senders never write into one channel; a lease that has run out is that of a sender that died, and may be taken again.
 * A row that cannot be read is given up and logged.
 */
export async function claimDeliveries(db: Kysely<Tables>, request: Request, log: Log): Promise<ClaimedDelivery[]> {
  for (;;) {
    const { heads, claimed, damaged } = await db.transaction().execute(async (transaction) => {
      const rows = await leaseHeads(transaction, request);
      const read = rows.map(toClaimed);
      const unreadable = read.filter((row) => 'reason' in row);
      for (const { id, reason } of unreadable) {
        await settleDelivery(transaction, id, { kind: 'dead', reason }, request.nowMs);
      }
      return { heads: rows.length, claimed: read.filter((row) => 'papers' in row), damaged: unreadable };
    });
    for (const { id, reason } of damaged) {
      log.error({ delivery: id }, `deliver: delivery ${id} was given up: ${reason}`);
    }
    // "Nothing" means that nothing is due: where all heads were damaged, those behind them come.
    if (claimed.length > 0 || heads === 0) return claimed;
  }
}

async function leaseHeads(
  transaction: Transaction<Tables>,
  { nowMs, leaseMs, limit }: Request,
): Promise<Selectable<DeliveryTable>[]> {
  const heads = await transaction
    .selectFrom('deliveries as head')
    .innerJoin('targets', 'targets.id', 'head.target')
    .select('head.seq')
    .where('head.state', '=', pending)
    .where('head.due', '<=', nowMs)
    // No retry is planned further ahead: that one was by a clock that was ahead, and nobody shall wait until it is right.
    .where((head) =>
      head.or([head('head.not_before', '<=', nowMs), head('head.not_before', '>', nowMs + furthestAheadMs)]),
    )
    .where('targets.state', '=', 'active')
    .where((lane) =>
      lane.not(
        lane.exists(
          lane
            .selectFrom('deliveries as other')
            .select(sql.lit(1).as('one'))
            .whereRef('other.target', '=', 'head.target')
            .where('other.state', '=', pending)
            .where((other) =>
              other.or([
                other('other.due', '<', other.ref('head.due')),
                other.and([
                  other('other.due', '=', other.ref('head.due')),
                  other('other.seq', '<', other.ref('head.seq')),
                ]),
                // A lease that ends later than any taken now is by a clock that was ahead. Twice the lease, for another sender may have
                // read a later now and still have had the lock before us: its lease holds.
                other.and([
                  other('other.leased_until', '>', nowMs),
                  other('other.leased_until', '<=', nowMs + 2 * leaseMs),
                ]),
              ]),
            ),
        ),
      ),
    )
    .orderBy('head.due')
    .orderBy('head.seq')
    .limit(limit)
    .execute();
  if (heads.length === 0) return [];

  const leased = await transaction
    .updateTable('deliveries')
    .set((update) => ({ leased_until: nowMs + leaseMs, attempts: update('attempts', '+', 1) }))
    .where(
      'seq',
      'in',
      heads.map(({ seq }) => seq),
    )
    .returningAll()
    .execute();
  // `returning` promises no order.
  return leased.toSorted((a, b) => a.due - b.due || a.seq - b.seq);
}

/** A delivery, or why its row is none. */
function toClaimed(row: Selectable<DeliveryTable>): ClaimedDelivery | { readonly id: string; readonly reason: string } {
  try {
    return {
      id: row.id,
      dedupeKey: row.dedupe_key,
      target: row.target,
      style: row.style,
      date: row.date,
      due: row.due,
      papers: deliveredPapers(row),
      // This claim has counted itself.
      attempts: row.attempts - 1,
    };
  } catch (error) {
    if (error instanceof AppError) return { id: row.id, reason: error.message };
    throw error;
  }
}
