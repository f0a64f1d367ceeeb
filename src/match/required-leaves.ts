import type { LeafNode, QueryNode } from '../query/ast.ts';

/** Leaves of which every paper that matches holds at least one. `suffices`: who holds one matches, and nothing is left to verify. */
export type RequiredLeaves = { readonly leaves: readonly LeafNode[]; readonly suffices: boolean };

/**
 * The leaves by which an index finds the papers of a query, what is likely common first. Null where a paper may match that holds nothing
 * the query names: no parsed query is so.
 *
 * Of a conjunction one part is enough, the one that is likely rarest.
 */
export function requiredLeaves(query: QueryNode): RequiredLeaves | null {
  const found = required(query);
  return found && { ...found, leaves: found.leaves.toSorted((a, b) => commonness(b) - commonness(a)) };
}

function required(node: QueryNode): RequiredLeaves | null {
  switch (node.kind) {
    case 'or': {
      const parts = node.children.map((child) => required(child)).filter((part) => part !== null);
      if (parts.length < node.children.length) return null;
      return { leaves: parts.flatMap(({ leaves }) => leaves), suffices: parts.every(({ suffices }) => suffices) };
    }
    case 'and': {
      const [rarest] = node.children
        .map((child) => required(child)?.leaves ?? null)
        .filter((leaves) => leaves !== null)
        .map((leaves) => ({ leaves, expected: leaves.reduce((sum, leaf) => sum + commonness(leaf), 0) }))
        .toSorted((a, b) => a.expected - b.expected);
      return rarest === undefined ? null : { leaves: rarest.leaves, suffices: false };
    }
    case 'not':
      return node.child.kind === 'not' ? required(node.child.child) : null;
    default:
      return { leaves: [node], suffices: true };
  }
}

/**
 * Papers of a thousand that may hold a leaf, without knowing how rare its words are: every word more makes a phrase far rarer, short words
 * are the common ones, and a person or an identifier is in hardly any paper.
 */
function commonness(leaf: LeafNode): number {
  switch (leaf.kind) {
    case 'term':
      return leaf.phrase.length > 1 ? 2 / leaf.phrase.length : 5 + 100 / leaf.text.length;
    case 'category':
      return 100;
    default:
      return 0.1;
  }
}
