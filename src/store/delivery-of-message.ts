import type { Kysely } from 'kysely';
import type { DeliveredPaper } from '../domain/delivery.ts';
import { deliveredPapers } from './delivery-papers.ts';
import type { Tables } from './schema.ts';

/**
 * What a message delivered; see DeliveryStore.ofMessage.
 *
 * @throws AppError('database-damaged') where its papers cannot be read
 */
export async function deliveryOfMessage(
  db: Kysely<Tables>,
  messageId: string,
): Promise<{ target: string; papers: DeliveredPaper[] } | null> {
  const row = await db
    .selectFrom('deliveries')
    .select(['id', 'target', 'papers_json'])
    .where('message_id', '=', messageId)
    // A post that was found may have been sent for two rows of a restored database: the later one is as good.
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { target: row.target, papers: deliveredPapers(row) } : null;
}
