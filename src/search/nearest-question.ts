import type { NearestTerm } from '../domain/search.ts';
import { anyOf } from '../query/ast.ts';
import type { QueryNode, TermNode } from '../query/ast.ts';
import { leafKey } from './matched-bits.ts';

/** What finds papers with any of these terms, and how much each of them counts. Null without terms. */
export function nearestQuestion(
  terms: readonly NearestTerm[],
): { readonly node: QueryNode; readonly boosts: ReadonlyMap<string, number> } | null {
  const boosts = new Map<string, number>();
  const [first, ...others] = terms.map(({ stems, weight }): TermNode => {
    const phrase = stems.map((stem) => ({ by: 'stem' as const, stem }));
    const leaf: TermNode = { kind: 'term', field: null, text: stems.join(' '), phrase };
    boosts.set(leafKey(leaf), weight);
    return leaf;
  });
  return first === undefined ? null : { node: anyOf(first, ...others), boosts };
}
