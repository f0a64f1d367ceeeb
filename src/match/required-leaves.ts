import type { LeafNode, QueryNode } from '../query/ast.ts';

/** Leaves of which every paper that matches holds at least one. `suffices`: who holds one matches, and nothing is left to verify. */
export type RequiredLeaves = { readonly leaves: readonly LeafNode[]; readonly suffices: boolean };

/**
 * The leaves by which an index finds the papers of a query. Null where a paper may match that holds nothing it names: no parsed query
 * does so.
 *
 * Of a conjunction one part is enough, the one that seems rarest. How rare words are is not known here: what has more words, or
 * is no word at all, is taken to be rarer, and then the longer one.
 */
export function requiredLeaves(node: QueryNode): RequiredLeaves | null {
  switch (node.kind) {
    case 'or': {
      const parts = node.children.map((child) => requiredLeaves(child)).filter((part) => part !== null);
      if (parts.length < node.children.length) return null;
      return { leaves: parts.flatMap(({ leaves }) => leaves), suffices: parts.every(({ suffices }) => suffices) };
    }
    case 'and': {
      const [best] = node.children
        .map((child) => requiredLeaves(child)?.leaves ?? null)
        .filter((leaves) => leaves !== null)
        .toSorted((a, b) => commonness(a) - commonness(b));
      return best === undefined ? null : { leaves: best, suffices: false };
    }
    case 'not':
      return node.child.kind === 'not' ? requiredLeaves(node.child.child) : null;
    default:
      return { leaves: [node], suffices: true };
  }
}

function commonness(leaves: readonly LeafNode[]): number {
  return leaves.reduce((sum, leaf) => sum + leafCommonness(leaf), 0);
}

/** Rough: a second word makes a hundred papers of a thousand into two, and short words are the common ones. */
function leafCommonness(leaf: LeafNode): number {
  switch (leaf.kind) {
    case 'term':
      return leaf.phrase.length > 1 ? 2 / leaf.phrase.length : 50 + 100 / leaf.text.length;
    case 'category':
      return 100;
    default:
      return 0.1;
  }
}
