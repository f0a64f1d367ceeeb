import type { Kysely, Selectable } from 'kysely';
import type { DeadDelivery } from '../domain/delivery.ts';
import { AppError } from '../lib/errors.ts';
import { inBatches } from './batches.ts';
import { deliveredPapers } from './delivery-papers.ts';
import type { DeliveryTable, Tables } from './schema.ts';

/** What was given up, latest first; see DeliveryStore.dead. */
export async function deadDeliveries(db: Kysely<Tables>, limit: number): Promise<DeadDelivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'dead')
    .where('settled_at', 'is not', null)
    .orderBy('settled_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toDead);
}

/**
 * Back into the outbox; see DeliveryStore.revive. What could have arrived may have: it is looked for before it is sent. A target that is
 * paused is tried at once, before its posts are too old again; where it was deleted, they are given up again for want of readers.
 */
export async function reviveDeliveries(db: Kysely<Tables>, ids: readonly string[] | 'all'): Promise<DeadDelivery[]> {
  return db.transaction().execute(async (transaction) => {
    const found: Selectable<DeliveryTable>[] = [];
    const select = transaction
      .selectFrom('deliveries')
      .selectAll()
      .where('state', '=', 'dead')
      .where('settled_at', 'is not', null)
      .orderBy('seq');
    if (ids === 'all') found.push(...(await select.execute()));
    else for (const batch of inBatches(ids)) found.push(...(await select.where('id', 'in', batch).execute()));
    for (const batch of inBatches(found)) {
      await transaction
        .updateTable('deliveries')
        .set((row) => ({
          state: row
            .case()
            .when('attempts', '>', 0)
            .then('uncertain' as const)
            .else('pending' as const)
            .end(),
          first_tried_at: null,
          not_before: 0,
          settled_at: null,
        }))
        .where(
          'seq',
          'in',
          batch.map(({ seq }) => seq),
        )
        .execute();
    }
    for (const batch of inBatches([...new Set(found.map(({ target }) => target))])) {
      await transaction
        .updateTable('targets')
        .set({ probe_at: 0 })
        .where('state', '=', 'paused')
        .where('id', 'in', batch)
        .execute();
    }
    return found.map(toDead);
  });
}

function toDead(row: Selectable<DeliveryTable>): DeadDelivery {
  return {
    id: row.id,
    target: row.target,
    papers: papersOf(row),
    reason: row.reason ?? '',
    settledAt: row.settled_at ?? 0,
  };
}

/** A row that cannot be read was given up for that. */
function papersOf(row: Selectable<DeliveryTable>): string[] {
  try {
    return deliveredPapers(row).map(({ paper }) => paper);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
