import type { Kysely } from 'kysely';
import type { QueryError, SearchPage, SearchRequest } from '../domain/search.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { allOf } from '../query/ast.ts';
import type { QueryNode } from '../query/ast.ts';
import { leafOf } from '../query/leaf.ts';
import { parseQuery } from '../query/parse.ts';
import { dayNumber } from '../search/documents.ts';
import { searchIndex } from '../search/search-index.ts';
import { suggestQuery } from '../search/suggest-query.ts';
import { foundPapers, latestDay } from './found-papers.ts';
import type { IndexReader } from './index-reader.ts';
import type { Tables } from './schema.ts';
import { highlightsOf } from './search-highlights.ts';

/** Papers that match a request, best first; see PaperStore.search. Equal scores are ordered by id. */
export async function searchPapers(
  db: Kysely<Tables>,
  index: IndexReader,
  request: SearchRequest,
): Promise<Result<SearchPage, QueryError>> {
  const wanted = wantedNode(request);
  if (!wanted.ok) return wanted;
  const { since, until, sort, rank } = request;
  const snapshot = await index.snapshot(db);
  const latest = await latestDay(db);
  const question = {
    ...(since === undefined ? {} : { sinceDay: dayNumber(since) }),
    ...(until === undefined ? {} : { untilDay: dayNumber(until) }),
    ...(rank === 'bm25' || latest === null ? {} : { latestDay: dayNumber(latest) }),
    byDate: sort === 'date',
    limit: Math.min(100, Math.max(1, Math.trunc(request.limit ?? 10))),
    offset: Math.max(0, Math.trunc(request.offset ?? 0)),
  };
  const { total, hits } = await searchIndex({ ...question, node: wanted.value }, snapshot);
  const finds = async (query: string) => {
    const node = wantedNode({ ...request, query });
    return node.ok && (await searchIndex({ ...question, node: node.value, limit: 1, offset: 0 }, snapshot)).total > 0;
  };
  const found = await foundPapers(db, hits);
  return ok({
    total: { value: total, exact: true },
    hits: found.map((hit) => ({ ...hit, highlights: highlightsOf(wanted.value, hit.paper) })),
    suggestion: await suggestQuery(request.query, wanted.value, { snapshot, total, finds }),
  });
}

/** The query and the filters that the language can say, as one query. */
function wantedNode({ query, category, author }: SearchRequest): Result<QueryNode, QueryError> {
  const parsed = parseQuery(query);
  if (!parsed.ok) return parsed;
  const filters: QueryNode[] = [];
  for (const [field, text] of [['cat', category] as const, ['author', author] as const]) {
    if (text === undefined) continue;
    const leaf = leafOf(text, field);
    if (!leaf.ok)
      return err({ column: 1, message: `Found ${JSON.stringify(text)} as a filter; expected ${leaf.error}` });
    filters.push(leaf.value);
  }
  return ok(allOf(parsed.value, ...filters));
}
