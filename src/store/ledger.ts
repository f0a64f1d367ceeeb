import type { Kysely } from 'kysely';
import type { DeliveredPaper, LedgerEntry, SentPaper } from '../domain/delivery.ts';
import { AppError } from '../lib/errors.ts';
import { deliveredPapers } from './delivery-papers.ts';
import type { Tables } from './schema.ts';

/** What a target was promised of a paper; see DeliveryStore.ledger. */
export async function ledgerOf(db: Kysely<Tables>, target: string, paper: string): Promise<LedgerEntry[]> {
  const rows = await db
    .selectFrom('promises')
    .innerJoin('deliveries', 'deliveries.id', 'promises.delivery')
    .select([
      'occasion',
      'id',
      'papers_json',
      'state',
      'date',
      'due',
      'not_before',
      'settled_at',
      'reason',
      'message_id',
    ])
    .where('promises.target', '=', target)
    .where('promises.paper', '=', paper)
    .orderBy('deliveries.seq', 'desc')
    .execute();
  return rows.map((row) => ({
    occasion: row.occasion,
    date: row.date,
    subscriptions:
      readablePapers(row).find((one) => one.paper === paper && one.occasion === row.occasion)?.subscriptions ?? [],
    delivery: row.id,
    state: row.state,
    due: Math.max(row.due, row.not_before),
    settledAt: row.settled_at,
    reason: row.reason,
    messageId: row.message_id,
  }));
}

/** What a target was sent lately; see DeliveryStore.sentTo. */
export async function sentTo(db: Kysely<Tables>, target: string, since: string): Promise<SentPaper[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'date', 'papers_json'])
    .where('target', '=', target)
    .where('date', '>=', since)
    .where('state', '=', 'sent')
    .orderBy('date')
    .orderBy('seq')
    .execute();
  return rows.flatMap((row) =>
    readablePapers(row).map(({ paper, subscriptions }) => ({ paper, date: row.date, subscriptions })),
  );
}

/** None of a row that cannot be read: claiming it tells the operator, and who asks about another paper is not to be refused for it. */
function readablePapers(row: { readonly id: string; readonly papers_json: string }): readonly DeliveredPaper[] {
  try {
    return deliveredPapers(row);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
