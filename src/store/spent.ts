import type { Kysely } from 'kysely';
import { AppError } from '../lib/errors.ts';
import { deliveredPapers } from './delivery-papers.ts';
import type { Tables } from './schema.ts';

/**
 * How many papers of a day each subscription has been promised; see DeliveryStore.spent. What was given up costs nobody anything.
 * Cost: reads and parses that day's deliveries.
 */
export async function spentOn(db: Kysely<Tables>, date: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'papers_json'])
    .where('date', '=', date)
    .where('state', '!=', 'dead')
    .execute();
  const spent = new Map<string, number>();
  for (const id of rows.flatMap(subscriptionsOf)) spent.set(id, (spent.get(id) ?? 0) + 1);
  return spent;
}

/** The subscriptions of each paper, one after the other. */
function subscriptionsOf(row: { readonly id: string; readonly papers_json: string }): string[] {
  try {
    return deliveredPapers(row).flatMap(({ subscriptions }) => subscriptions);
  } catch (error) {
    // Who was promised what is lost with it, and claiming it tells the operator: one such row must not keep the next morning from all.
    if (error instanceof AppError) return [];
    throw error;
  }
}
