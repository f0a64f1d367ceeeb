import { grown } from './int-pool.ts';
import { createPairNumbers } from './pair-numbers.ts';

/** No node of a trie. */
export const noNode = 0;

/**
 * A tree whose edges are numbers from 0: a phrase is the path of its words. Nodes are numbered from 1, the roots first, and stay.
 */
export type PhraseTrie = {
  /** The node that an edge leads to; `noNode` where there is none. */
  child(node: number, symbol: number): number;
  /** The same, made where there was none. */
  grow(node: number, symbol: number): number;
  hasChildren(node: number): boolean;
  /** One more than the highest number of a node. */
  size(): number;
};

/**
 * The edges are one hash table for the whole tree, as most nodes have one child or none; only those of the roots, which every word of a
 * text asks for, stand in arrays.
 */
export function createPhraseTrie(roots: number): PhraseTrie {
  const edges = createPairNumbers(roots + 1);
  const fromRoots = Array.from({ length: roots + 1 }, () => new Int32Array(64));
  let isParent = new Uint8Array(1024);

  return { child, grow, hasChildren: (node) => isParent[node] === 1, size: edges.end };

  function child(node: number, symbol: number): number {
    return node > roots ? edges.find(node, symbol) : (fromRoots[node]?.[symbol] ?? noNode);
  }

  function grow(node: number, symbol: number): number {
    while (node >= isParent.length) {
      const wider = new Uint8Array(2 * isParent.length);
      wider.set(isParent);
      isParent = wider;
    }
    isParent[node] = 1;
    return node > roots ? edges.intern(node, symbol) : growFromRoot(node, symbol);
  }

  function growFromRoot(node: number, symbol: number): number {
    let children = fromRoots[node] ?? new Int32Array(64);
    while (symbol >= children.length) children = grown(children);
    fromRoots[node] = children;
    const made = children[symbol] || edges.take();
    children[symbol] = made;
    return made;
  }
}
