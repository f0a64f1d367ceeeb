import { idOf, seqOf } from './documents.ts';
import type { Documents } from './documents.ts';

/** A paper that was found. */
export type RankedHit = { readonly seq: number; readonly score: number };

type Candidate = {
  readonly order: number;
  readonly score: number;
  readonly documents: Documents;
  readonly document: number;
};

/**
 * The best of many: the highest `order` first, equals by identifier. A heap with the worst on top, so that most of what comes is told off
 * by one comparison of numbers.
 */
export function createBestHits(limit: number): {
  /** Whatever is below comes too late. */
  least(): number;
  add(order: number, score: number, documents: Documents, document: number): void;
  /** Best first, without the first `offset`. */
  take(offset: number): RankedHit[];
} {
  const heap: Candidate[] = [];

  function siftDown(): void {
    for (let at = 0; ;) {
      const worst = worstOf(worstOf(at, 2 * at + 1), 2 * at + 2);
      if (worst === at) return;
      swap(at, worst);
      at = worst;
    }
  }

  function siftUp(): void {
    for (let at = heap.length - 1; at > 0;) {
      const parent = (at - 1) >> 1;
      if (worstOf(parent, at) === parent) return;
      swap(at, parent);
      at = parent;
    }
  }

  /** Which of two places of the heap holds the worse; the first where the second is not there. */
  function worstOf(one: number, other: number): number {
    const [a, b] = [heap[one], heap[other]];
    return a === undefined || b === undefined || compare(a, b) >= 0 ? one : other;
  }

  function swap(one: number, other: number): void {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return;
    heap[one] = b;
    heap[other] = a;
  }

  return {
    least: () => (heap.length < limit ? -Infinity : (heap[0]?.order ?? -Infinity)),
    add: (order, score, documents, document) => {
      const [worst] = heap;
      const isFull = heap.length >= limit;
      if (isFull && worst !== undefined && order < worst.order) return;
      const candidate = { order, score, documents, document };
      if (!isFull) {
        heap.push(candidate);
        siftUp();
      } else if (worst !== undefined && compare(candidate, worst) < 0) {
        heap[0] = candidate;
        siftDown();
      }
    },
    take: (offset) =>
      heap
        .toSorted(compare)
        .slice(offset)
        .map(({ score, documents, document }) => ({ seq: seqOf(documents, document), score })),
  };
}

/** Below zero where `a` comes first. */
function compare(a: Candidate, b: Candidate): number {
  return b.order - a.order || compareBytes(idOf(a.documents, a.document), idOf(b.documents, b.document));
}

/** UTF-8 orders as code points do. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length);
  for (let index = 0; index < shorter; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
