import type { LeafNode, QueryNode } from '../query/ast.ts';
import { addBits, allBits, keepBits, removeBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { copyUint32s } from './memory.ts';

/**
 * The documents of a segment that match a query, word by word of 32 documents; what is dead is not among those of a leaf, but can be in a
 * negation.
 *
 * @param count documents of the segment
 * @param leafBits of a leaf; left as they are
 */
export function matchedBits(node: QueryNode, count: number, leafBits: (leaf: LeafNode) => Bits): Bits {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const [first, ...others] = node.children;
      const bits = first === undefined ? allBits(count) : matchedBits(first, count, leafBits);
      for (const child of others) {
        (node.kind === 'and' ? keepBits : addBits)(bits, matchedBits(child, count, leafBits));
      }
      return bits;
    }
    case 'not': {
      const bits = allBits(count);
      removeBits(bits, matchedBits(node.child, count, leafBits));
      return bits;
    }
    default:
      return copyUint32s(leafBits(node));
  }
}

/** Every leaf of a query, those that exclude too. */
export function leavesOf(node: QueryNode): LeafNode[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.children.flatMap(leavesOf);
    case 'not':
      return leavesOf(node.child);
    default:
      return [node];
  }
}

/** The same for leaves that are found in the same documents. */
export function leafKey(leaf: LeafNode): string {
  return JSON.stringify({ ...leaf, text: undefined });
}
