import { sql } from 'kysely';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ClaimedDelivery } from '../domain/delivery.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { deliveredPapers } from './delivery-papers.ts';
import { requireLease } from './leases.ts';
import { noOtherInLane } from './lane.ts';
import { isReached } from './reached.ts';
import { restoredOn } from './restored.ts';
import type { DeliveryTable, Tables, TargetTable } from './schema.ts';
import { longestRetryMs, settleDelivery } from './settle-delivery.ts';
import { longestProbeMs } from './targets.ts';

type Request = { readonly sender: string; readonly nowMs: number; readonly limit: number };

/** What is known of the head of a lane before it is claimed. */
type Head = Pick<Selectable<DeliveryTable>, 'seq' | 'state'> & Pick<Selectable<TargetTable>, 'kind' | 'guild_id'>;

/**
 * Hands the heads of the lanes that may be sent now to `sender`, oldest due first; see DeliveryStore.claim.
 *
 * The lane of a target is its open deliveries by due time, then by creation; while one of them is being sent the whole lane waits.
 * A row that cannot be read is given up and logged. In a database that was restored from a backup, whatever was announced by then may
 * have arrived (src/store/restored.ts).
 */
export async function claimDeliveries(db: Kysely<Tables>, request: Request, log: Log): Promise<ClaimedDelivery[]> {
  for (;;) {
    const { heads, claimed, damaged } = await db.transaction().execute(async (transaction) => {
      await requireLease(transaction, request.sender);
      const restored = await restoredOn(transaction, request.nowMs);
      const read = await claimHeads(transaction, request, restored);
      const unreadable = read.filter((row) => 'reason' in row);
      for (const { id, reason } of unreadable) {
        await settleDelivery(transaction, request.sender, id, { kind: 'dead', reason }, request.nowMs);
      }
      return { heads: read.length, claimed: read.filter((row) => 'papers' in row), damaged: unreadable };
    });
    for (const { id, reason } of damaged) {
      log.error({ delivery: id }, `deliver: delivery ${id} was given up: ${reason}`);
    }
    // "Nothing" means that nothing is due: where all heads were damaged, those behind them come.
    if (claimed.length > 0 || heads === 0) return claimed;
  }
}

async function claimHeads(
  transaction: Transaction<Tables>,
  { sender, nowMs, limit }: Request,
  restored: string | null,
): Promise<(ClaimedDelivery | { readonly id: string; readonly reason: string })[]> {
  const heads = await headsOf(transaction, nowMs, limit);
  if (heads.length === 0) return [];

  const rows = await transaction
    .updateTable('deliveries')
    .set((row) => ({
      state: 'sending',
      sender,
      attempts: row('attempts', '+', 1),
      first_tried_at: row.fn.coalesce('first_tried_at', sql.lit(nowMs)),
      // Later messages of the lane may arrive before its next try: it may wait for the end of quiet hours, or be a dead letter meanwhile.
      sent_after: row
        .case()
        .when('attempts', '=', 0)
        .then(row.selectFrom('targets').select('last_message').whereRef('targets.id', '=', 'deliveries.target'))
        .else(row.ref('sent_after'))
        .end(),
    }))
    .where(
      'seq',
      'in',
      heads.map(({ seq }) => seq),
    )
    .returningAll()
    .execute();
  const headOf = new Map(heads.map((head) => [head.seq, head]));
  // `returning` promises no order.
  return rows
    .toSorted((a, b) => a.due - b.due || a.seq - b.seq)
    .flatMap((row) => {
      const head = headOf.get(row.seq);
      return head ? [toClaimed(row, head, restored)] : [];
    });
}

/** The first open delivery of each lane that may be sent now. */
async function headsOf(transaction: Transaction<Tables>, nowMs: number, limit: number): Promise<Head[]> {
  return transaction
    .selectFrom('deliveries as head')
    .innerJoin('targets', 'targets.id', 'head.target')
    .select(['head.seq', 'head.state', 'targets.kind', 'targets.guild_id'])
    .where('head.settled_at', 'is', null)
    .where('head.state', '!=', 'sending')
    .where('head.due', '<=', nowMs)
    .where(isReached('head.not_before', nowMs, longestRetryMs))
    .where((target) =>
      target.or([
        target('targets.state', '=', 'active'),
        target.and([target('targets.probe_at', 'is not', null), isReached('targets.probe_at', nowMs, longestProbeMs)]),
      ]),
    )
    .where((target) =>
      target.or([target('targets.opens_at', 'is', null), isReached('targets.opens_at', nowMs, longestRetryMs)]),
    )
    .where(
      noOtherInLane(
        'head.target',
        sql`other.due < head.due or (other.due = head.due and other.seq < head.seq) or other.state = 'sending'`,
      ),
    )
    .orderBy('head.due')
    .orderBy('head.seq')
    .limit(limit)
    .execute();
}

/** A delivery, or why its row is none. */
function toClaimed(
  row: Selectable<DeliveryTable>,
  head: Head,
  restored: string | null,
): ClaimedDelivery | { readonly id: string; readonly reason: string } {
  const isFromBefore = restored !== null && row.date <= restored;
  try {
    return {
      id: row.id,
      dedupeKey: row.dedupe_key,
      target: row.target,
      place: { kind: head.kind, guildId: head.guild_id },
      style: row.style,
      date: row.date,
      due: row.due,
      papers: deliveredPapers(row),
      // This claim has counted itself.
      attempts: row.attempts - 1,
      firstTriedAt: row.attempts > 1 ? row.first_tried_at : null,
      mayHaveArrived: head.state === 'uncertain' || isFromBefore,
      // Since the restore the lane may have gone another way than it went before: newer posts may have come first.
      after: isFromBefore ? null : row.sent_after,
    };
  } catch (error) {
    if (error instanceof AppError) return { id: row.id, reason: error.message };
    throw error;
  }
}
