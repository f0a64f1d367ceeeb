import type { Paper } from './paper.ts';

/** Why a query cannot be read. `column` counts code points from 1. */
export type QueryError = { readonly column: number; readonly message: string };

export type SearchRequest = {
  /** In the query language. */
  readonly query: string;
  readonly category?: string;
  readonly author?: string;
  /** ISO dates of announcement, inclusive. */
  readonly since?: string;
  readonly until?: string;
  /** Default `relevance`. */
  readonly sort?: 'relevance' | 'date';
  /** `default` adds a mild preference for recent papers to BM25. */
  readonly rank?: 'default' | 'bm25';
  /** 1 to 100, default 10. */
  readonly limit?: number;
  readonly offset?: number;
};

/** A stretch of the stored text of a field, in UTF-16 code units, `end` exclusive. */
export type Highlight = { readonly field: 'title' | 'abstract'; readonly start: number; readonly end: number };

export type SearchHit = {
  readonly paper: Paper;
  /** ISO date it was first announced. */
  readonly announced: string;
  readonly score: number;
  readonly highlights: readonly Highlight[];
};

export type SearchPage = {
  readonly total: { readonly value: number; readonly exact: boolean };
  readonly hits: readonly SearchHit[];
  /**
   * The query with words that the archive knows, where one of its own is in no paper, or it finds nothing; null where there is none that
   * finds something.
   */
  readonly suggestion: string | null;
};

/** Something that papers are looked for by: stems that stand one after the other, and how much that counts, above 0. */
export type NearestTerm = { readonly stems: readonly string[]; readonly weight: number };

/** A paper that is like another one; `score` above 0, the nearest has the highest. */
export type SimilarPaper = Pick<SearchHit, 'paper' | 'announced' | 'score'>;
