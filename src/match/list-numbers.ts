import { grown } from './int-pool.ts';
import { createPairNumbers } from './pair-numbers.ts';

/** No list. */
export const noList = -1;

/** Numbers of lists, one for a node and a filter of it; most nodes have one filter only. */
export type ListNumbers = {
  /** `noList` where there is none. */
  find(node: number, filter: number): number;
  /** The same, made where there was none. */
  intern(node: number, filter: number): number;
};

/** The first filter of a node has a list with an even number, told by an array; those of all others have odd ones, and a hash table. */
export function createListNumbers(): ListNumbers {
  let firstFilters = new Int32Array(1024);
  /** Of each node, its other filters in 32 bits: most looks end here. */
  let otherFilters = new Int32Array(1024);
  const others = createPairNumbers(1);

  return {
    find(node, filter) {
      if (firstFilters[node] === filter) return 2 * node;
      if (((otherFilters[node] ?? 0) & bitOf(filter)) === 0) return noList;
      const pair = others.find(node, filter);
      return pair === 0 ? noList : 2 * pair + 1;
    },
    intern(node, filter) {
      while (node >= firstFilters.length) {
        firstFilters = grown(firstFilters);
        otherFilters = grown(otherFilters);
      }
      const first = firstFilters[node] || filter;
      firstFilters[node] = first;
      if (first === filter) return 2 * node;
      otherFilters[node] = (otherFilters[node] ?? 0) | bitOf(filter);
      return 2 * others.intern(node, filter) + 1;
    },
  };
}

function bitOf(filter: number): number {
  return 1 << (filter & 31);
}
