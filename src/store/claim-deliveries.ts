import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { ClaimedDelivery, DeliveredPaper, Occasion } from '../domain/delivery.ts';
import { paperFields } from '../domain/match.ts';
import { announcementKinds } from '../domain/paper.ts';
import { readJson } from './json-column.ts';
import type { DeliveryTable, Tables } from './schema.ts';

const papersSchema = z.array(
  z.object({
    paper: z.string(),
    occasion: z.custom<Occasion>((value) => typeof value === 'string' && /^(first$|replace:)/.test(value)),
    kind: z.enum(announcementKinds),
    score: z.number(),
    subscriptions: z.array(z.string()),
    evidence: z.array(z.object({ term: z.string(), field: z.enum(paperFields), weight: z.number() })),
  }),
) satisfies z.ZodType<DeliveredPaper[]>;

/** As a literal, or SQLite could not tell that its partial indexes of the pending ones serve. */
const pending = sql.lit('pending' as const);

/**
 * Leases the heads of the lanes that may be sent now, oldest due first; see DeliveryStore.claim.
 *
 * The lane of a target is its pending deliveries by due time, then by creation. While one of them is leased the whole lane waits, so
 * that two senders never write into one channel; a lease that has run out is that of a sender that died, and may be taken again.
 */
export function claimDeliveries(
  db: Kysely<Tables>,
  { nowMs, leaseMs, limit }: { nowMs: number; leaseMs: number; limit: number },
): Promise<ClaimedDelivery[]> {
  return db.transaction().execute(async (transaction) => {
    const heads = await transaction
      .selectFrom('deliveries as head')
      .innerJoin('targets', 'targets.id', 'head.target')
      .select('head.seq')
      .where('head.state', '=', pending)
      .where('head.due', '<=', nowMs)
      .where('head.not_before', '<=', nowMs)
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
                  other('other.leased_until', '>', nowMs),
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

    const claimed = await transaction
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
    return claimed.toSorted((a, b) => a.due - b.due || a.seq - b.seq).map(toClaimed);
  });
}

function toClaimed(row: Selectable<DeliveryTable>): ClaimedDelivery {
  return {
    id: row.id,
    dedupeKey: row.dedupe_key,
    target: row.target,
    style: row.style,
    date: row.date,
    due: row.due,
    papers: readJson(papersSchema, row.papers_json, `deliveries ${row.id} papers_json`),
    // This claim has counted itself.
    attempts: row.attempts - 1,
  };
}
