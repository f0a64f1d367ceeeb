import type { Kysely } from 'kysely';
import type { SimilarPaper } from '../domain/search.ts';
import type { RankedHit } from '../search/best-hits.ts';
import { inBatches } from './batches.ts';
import { toPaper } from './paper-row.ts';
import type { Tables } from './schema.ts';

/** The papers of hits, in their order. */
export async function foundPapers(db: Kysely<Tables>, hits: readonly RankedHit[]): Promise<SimilarPaper[]> {
  const found = new Map<number, Omit<SimilarPaper, 'score'>>();
  for (const batch of inBatches(hits.map(({ seq }) => seq))) {
    const rows = await db.selectFrom('papers').selectAll().where('seq', 'in', batch).execute();
    for (const row of rows) found.set(row.seq, { paper: toPaper(row), announced: row.first_announced });
  }
  return hits.flatMap(({ seq, score }) => {
    const row = found.get(seq);
    return row === undefined ? [] : [{ ...row, score }];
  });
}

/** The day of the latest listing, ISO; null for an empty archive. */
export async function latestDay(db: Kysely<Tables>): Promise<string | null> {
  const { latest } = await db
    .selectFrom('papers')
    .select(({ fn }) => fn.max('last_announced').as('latest'))
    .executeTakeFirstOrThrow();
  return latest;
}
