import type { Kysely } from 'kysely';
import type { SimilarPaper } from '../domain/search.ts';
import { searchIndex } from '../search/search-index.ts';
import { similarQuestion } from '../search/similar-question.ts';
import { foundPapers } from './found-papers.ts';
import type { IndexReader } from './index-reader.ts';
import { toPaper } from './paper-row.ts';
import type { Tables } from './schema.ts';

/** Papers nearest to one of the archive, nearest first; see PaperStore.similar. */
export async function similarPapers(
  db: Kysely<Tables>,
  index: IndexReader,
  id: string,
  limit: number,
): Promise<SimilarPaper[]> {
  const row = await db.selectFrom('papers').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return [];
  const snapshot = await index.snapshot(db);
  const question = await similarQuestion(toPaper(row), snapshot);
  if (question === null) return [];
  const { hits } = await searchIndex({ ...question, limit, offset: 0 }, snapshot);
  return foundPapers(db, hits);
}
