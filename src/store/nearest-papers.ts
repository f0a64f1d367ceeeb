import type { Kysely } from 'kysely';
import type { NearestTerm, SimilarPaper } from '../domain/search.ts';
import { nearestQuestion } from '../search/nearest-question.ts';
import { searchIndex } from '../search/search-index.ts';
import { foundPapers } from './found-papers.ts';
import type { IndexReader } from './index-reader.ts';
import type { Tables } from './schema.ts';

/** Papers nearest to weighed terms, nearest first; see PaperStore.nearest. */
export async function nearestPapers(
  db: Kysely<Tables>,
  index: IndexReader,
  terms: readonly NearestTerm[],
  limit: number,
): Promise<SimilarPaper[]> {
  const question = nearestQuestion(terms);
  if (question === null) return [];
  const { hits } = await searchIndex({ ...question, limit, offset: 0 }, await index.snapshot(db));
  return foundPapers(db, hits);
}
