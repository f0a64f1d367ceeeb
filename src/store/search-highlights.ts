import type { Paper } from '../domain/paper.ts';
import type { Highlight } from '../domain/search.ts';
import { positiveLeaves } from '../query/ast.ts';
import type { QueryNode } from '../query/ast.ts';
import { highlight } from '../text/highlight.ts';

/** Where a query's terms stand in a paper that matches it: the title's stretches first, then the abstract's, each in order. */
export function highlightsOf(query: QueryNode, paper: Pick<Paper, 'title' | 'abstract'>): Highlight[] {
  const terms = positiveLeaves(query).filter((leaf) => leaf.kind === 'term');
  return (['title', 'abstract'] as const).flatMap((field) => {
    const phrases = terms.filter((term) => term.field === null || term.field === field).map(({ phrase }) => phrase);
    return highlight(paper[field] ?? '', phrases).map((range) => ({ field, ...range }));
  });
}
