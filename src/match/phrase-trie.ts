import { grown } from './int-pool.ts';

/** No node of a trie. */
export const noNode = 0;

/**
 * A tree whose edges are numbers: a phrase is the path of its words. Nodes are numbered from 1 and stay; the first `roots` are roots.
 *
 * The edges are one hash table for the whole tree (open addressing, linear probing), as most nodes have one child or none.
 * Memory: 16 bytes a node and 4 to 16 for its edge.
 */
export type PhraseTrie = {
  /** The node that an edge leads to; `noNode` where there is none. */
  child(node: number, symbol: number): number;
  /** The same, made where there was none. */
  grow(node: number, symbol: number): number;
  hasChildren(node: number): boolean;
  /** Nodes so far, one more than the highest number. */
  size(): number;
};

const nodeSize = 4;
const symbolOffset = 1;
const childrenOffset = 2;

export function createPhraseTrie(roots: number): PhraseTrie {
  /** Four integers a node: parent, symbol of the edge from it, number of children, nothing. */
  let nodes = new Int32Array(nodeSize * 1024);
  /** The node at whose edge a hash points; `noNode` where it points at none. */
  let slots = new Int32Array(2048);
  let mask = slots.length - 1;
  let size = roots + 1;

  return { child, grow, hasChildren: (node) => nodes[nodeSize * node + childrenOffset] !== 0, size: () => size };

  function child(node: number, symbol: number): number {
    return slots[slotOf(node, symbol)] ?? noNode;
  }

  function grow(node: number, symbol: number): number {
    const slot = slotOf(node, symbol);
    const known = slots[slot] ?? noNode;
    if (known !== noNode) return known;
    const added = size;
    size += 1;
    if (nodeSize * size > nodes.length) nodes = grown(nodes);
    nodes[nodeSize * added] = node;
    nodes[nodeSize * added + symbolOffset] = symbol;
    nodes[nodeSize * node + childrenOffset] = (nodes[nodeSize * node + childrenOffset] ?? 0) + 1;
    slots[slot] = added;
    // At most half full, so that a search for what is not there ends soon.
    if (2 * size > slots.length) spread();
    return added;
  }

  /** The slot of an edge, or the empty one where it would stand. */
  function slotOf(node: number, symbol: number): number {
    const hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = slots[slot] ?? noNode;
      if (found === noNode) return slot;
      if (nodes[nodeSize * found] === node && nodes[nodeSize * found + symbolOffset] === symbol) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function spread(): void {
    slots = new Int32Array(2 * slots.length);
    mask = slots.length - 1;
    for (let node = roots + 1; node < size; node++) {
      slots[slotOf(nodes[nodeSize * node] ?? 0, nodes[nodeSize * node + symbolOffset] ?? 0)] = node;
    }
  }
}
