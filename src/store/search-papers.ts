import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { QueryError, SearchHit, SearchPage, SearchRequest } from '../domain/search.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { analysePaper } from '../query/analyse.ts';
import { allOf } from '../query/ast.ts';
import type { QueryNode } from '../query/ast.ts';
import { evaluate } from '../query/evaluate.ts';
import { leafOf } from '../query/leaf.ts';
import { parseQuery } from '../query/parse.ts';
import { inBatches } from './batches.ts';
import { toIndexQuery } from './index-query.ts';
import type { IndexQuery } from './index-query.ts';
import type { PaperIndex } from './paper-index.ts';
import { toPaper } from './paper-row.ts';
import type { Tables } from './schema.ts';
import { highlightsOf } from './search-highlights.ts';

/** Counted exactly up to here; nobody pages further. */
const countLimit = 10_000;
/** Papers looked at one by one where the index cannot decide: about 0.3 s (2026-11-22). */
const verifyLimit = 2_000;

/** A paper of the latest day counts a quarter more than an ancient one, one that is a year old an eighth. */
const recencyShare = 0.25;
/** What recency multiplies where nothing ranks: a search for an author or a category alone comes newest first. */
const floor = 0.1;

/** A request as the index understands it. */
type Search = { readonly index: PaperIndex; readonly query: IndexQuery; readonly request: SearchRequest };

type RankedRow = { readonly seq: number; readonly score: number };

/** Papers that match a request, best first; see PaperStore.search. Equal scores are ordered by id. */
export async function searchPapers(
  db: Kysely<Tables>,
  index: PaperIndex,
  request: SearchRequest,
): Promise<Result<SearchPage, QueryError>> {
  const wanted = wantedNode(request);
  if (!wanted.ok) return wanted;
  const { query, exact } = toIndexQuery(wanted.value);
  const search: Search = { index, query, request };
  const limit = Math.min(100, Math.max(1, Math.trunc(request.limit ?? 10)));
  const offset = Math.max(0, Math.trunc(request.offset ?? 0));

  if (exact) {
    const ranked = await rankedRows(db, search, limit, offset);
    const count = await countRows(db, search);
    const total = count > countLimit ? { value: countLimit, exact: false } : { value: count, exact: true };
    return ok({ total, hits: await toHits(db, ranked, wanted.value) });
  }
  const candidates = await rankedRows(db, search, verifyLimit + 1, 0);
  const verified = await verify(db, candidates.slice(0, verifyLimit), wanted.value);
  const total = { value: verified.length, exact: candidates.length <= verifyLimit };
  return ok({ total, hits: await toHits(db, verified.slice(offset, offset + limit), wanted.value) });
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

async function rankedRows(db: Kysely<Tables>, search: Search, limit: number, offset: number): Promise<RankedRow[]> {
  const { index, query, request } = search;
  const score = request.rank === 'bm25' ? index.rank(query) : withRecency(index, query);
  const order = request.sort === 'date' ? sql`papers.first_announced desc` : sql`score desc`;
  const { rows } = await sql<RankedRow>`
    select papers.seq as seq, cast(${score} as double precision) as score
    from paper_index join papers on papers.seq = paper_index.rowid
    where ${condition(search)}
    order by ${order}, papers.id
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** Age is counted from the latest listing, not from today: the order changes only when papers come. */
function withRecency(index: PaperIndex, query: IndexQuery): RawBuilder<number> {
  const latest = sql`(select max(last_announced) from papers)`;
  const age = index.daysBetween(sql.ref('papers.first_announced'), latest);
  return sql`(${sql.lit(floor)} + ${index.rank(query)}) * (1 + ${sql.lit(recencyShare)} * pow(2, -${age} / 365.0))`;
}

async function countRows(db: Kysely<Tables>, search: Search): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select 1 from paper_index join papers on papers.seq = paper_index.rowid
      where ${condition(search)}
      limit ${countLimit + 1}) as counted`.execute(db);
  return rows[0]?.count ?? 0;
}

function condition({ index, query, request: { since, until } }: Search): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [index.finds(query)];
  if (since !== undefined) conditions.push(sql`papers.first_announced >= ${since}`);
  if (until !== undefined) conditions.push(sql`papers.first_announced <= ${until}`);
  return sql.join(conditions, sql` and `);
}

/** Those of the candidates that really match, in their order. */
async function verify(db: Kysely<Tables>, candidates: readonly RankedRow[], wanted: QueryNode): Promise<RankedRow[]> {
  const verified: RankedRow[] = [];
  for (const batch of inBatches(candidates)) {
    const found = await papersBySeq(db, batch);
    verified.push(
      ...batch.filter(({ seq }) => {
        const row = found.get(seq);
        return row !== undefined && evaluate(wanted, analysePaper(row.paper));
      }),
    );
  }
  return verified;
}

async function toHits(db: Kysely<Tables>, ranked: readonly RankedRow[], wanted: QueryNode): Promise<SearchHit[]> {
  const found = await papersBySeq(db, ranked);
  return ranked.flatMap(({ seq, score }) => {
    const row = found.get(seq);
    return row ? [{ ...row, score, highlights: highlightsOf(wanted, row.paper) }] : [];
  });
}

async function papersBySeq(
  db: Kysely<Tables>,
  ranked: readonly RankedRow[],
): Promise<Map<number, Pick<SearchHit, 'paper' | 'announced'>>> {
  if (ranked.length === 0) return new Map();
  const rows = await db
    .selectFrom('papers')
    .selectAll()
    .where(
      'seq',
      'in',
      ranked.map(({ seq }) => seq),
    )
    .execute();
  return new Map(rows.map((row) => [row.seq, { paper: toPaper(row), announced: row.first_announced }]));
}
