import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Insertable, Selectable, Transaction } from 'kysely';
import type { DeliveredPaper, PlannedDelivery } from '../domain/delivery.ts';
import { inBatches } from './batches.ts';
import type { DeliveryTable, Tables } from './schema.ts';

type Promised = Selectable<Tables['promises']>;

/**
 * Writes what of these plans is not promised yet, in their order, with its promises; see DeliveryStore.commit. Returns how many deliveries.
 *
 * By the batch, for nobody else writes meanwhile: one by one, a morning of 5,000 channels would shut PostgreSQL to them for a minute.
 */
export async function writeDeliveries(
  transaction: Transaction<Tables>,
  plans: readonly PlannedDelivery[],
  nowMs: number,
): Promise<number> {
  let written = 0;
  for (const batch of inBatches(plans)) {
    const promised = await promisedBefore(transaction, batch);
    const deliveries: Insertable<DeliveryTable>[] = [];
    const promises: Promised[] = [];
    for (const plan of batch) {
      const papers = plan.papers.filter((paper) => !promised.has(promiseKey({ ...paper, target: plan.target })));
      if (papers.length === 0) continue;
      const row = toRow(plan, papers, nowMs);
      deliveries.push(row);
      for (const { paper, occasion } of papers) {
        const promise = { target: plan.target, paper, occasion, delivery: row.id };
        promises.push(promise);
        promised.add(promiseKey(promise));
      }
    }
    // The same plan made twice has nothing left by now. Should a key ever stand for two plans, the unique key throws, and nothing is
    // marked as matched: better loud than lost.
    if (deliveries.length > 0) await transaction.insertInto('deliveries').values(deliveries).execute();
    for (const some of inBatches(promises)) await transaction.insertInto('promises').values(some).execute();
    written += deliveries.length;
  }
  return written;
}

/** Keys of what these plans would promise once more. */
async function promisedBefore(
  transaction: Transaction<Tables>,
  plans: readonly PlannedDelivery[],
): Promise<Set<string>> {
  const wanted = plans.flatMap(({ target, papers }) =>
    papers.map(({ paper, occasion }) => sql`(${target}, ${paper}, ${occasion})`),
  );
  const promised = new Set<string>();
  for (const batch of inBatches(wanted)) {
    const rows = await transaction
      .selectFrom('promises')
      .select(['target', 'paper', 'occasion'])
      .where(sql<boolean>`(target, paper, occasion) in (values ${sql.join(batch)})`)
      .execute();
    for (const row of rows) promised.add(promiseKey(row));
  }
  return promised;
}

function promiseKey({ target, paper, occasion }: Pick<Promised, 'target' | 'paper' | 'occasion'>): string {
  return `${target} ${paper} ${occasion}`;
}

function toRow(
  planned: PlannedDelivery,
  papers: readonly DeliveredPaper[],
  nowMs: number,
): Insertable<DeliveryTable> & { id: string } {
  return {
    // A function of the plan: a plan made again after yesterday's backup was restored still has the nonce that Discord remembers.
    id: createHash('sha256').update(planned.dedupeKey).digest('base64url').slice(0, 22),
    dedupe_key: planned.dedupeKey,
    target: planned.target,
    style: planned.style,
    date: planned.date,
    due: planned.due,
    papers_json: JSON.stringify(papers),
    state: 'pending',
    not_before: planned.due,
    sender: null,
    first_tried_at: null,
    sent_after: null,
    attempts: 0,
    reason: null,
    message_id: null,
    created_at: nowMs,
    settled_at: null,
    publish_at: null,
  };
}
