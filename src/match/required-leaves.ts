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
  if (found === null || found.leaves.length === 1) return found;
  return { ...found, leaves: found.leaves.toSorted((a, b) => commonness(b) - commonness(a)) };
}

function required(node: QueryNode): RequiredLeaves | null {
  switch (node.kind) {
    case 'or':
      return requiredOfAny(node.children);
    case 'and':
      return requiredOfAll(node.children);
    case 'not':
      return node.child.kind === 'not' ? required(node.child.child) : null;
    default:
      return { leaves: [node], suffices: true };
  }
}

function requiredOfAny(children: readonly QueryNode[]): RequiredLeaves | null {
  const leaves: LeafNode[] = [];
  let suffices = true;
  for (const child of children) {
    const part = required(child);
    if (part === null) return null;
    leaves.push(...part.leaves);
    suffices &&= part.suffices;
  }
  return { leaves, suffices };
}

function requiredOfAll(children: readonly QueryNode[]): RequiredLeaves | null {
  let rarest: RequiredLeaves | null = null;
  let fewest = Infinity;
  for (const child of children) {
    const part = required(child);
    if (part === null) continue;
    const expected = part.leaves.reduce((sum, leaf) => sum + commonness(leaf), 0);
    if (expected >= fewest) continue;
    rarest = { leaves: part.leaves, suffices: false };
    fewest = expected;
  }
  return rarest;
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
