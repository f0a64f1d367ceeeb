import { grown } from './int-pool.ts';

/** Numbers pairs of integers in the order in which they come. */
export type PairNumbers = {
  /** The number of a pair; 0 where it has none. */
  find(a: number, b: number): number;
  /** The same, given where it had none. */
  intern(a: number, b: number): number;
  /** The number that the next new pair will get. */
  next(): number;
};

/**
 * One hash table in two typed arrays: open addressing, linear probing, at most half full. A map of maps, or of text, would take ten times
 * the memory.
 *
 * Memory: 16 to 32 bytes a pair. Cost: two or three looks at memory, one where the pair is not there.
 *
 * @param first the number of the first pair, above 0
 */
export function createPairNumbers(first: number): PairNumbers {
  /** The two integers of each pair, by its number. */
  let pairs = new Int32Array(2048);
  let slots = new Int32Array(2048);
  let mask = slots.length - 1;
  let next = first;

  return { find: (a, b) => slots[slotOf(a, b)] ?? 0, intern, next: () => next };

  function intern(a: number, b: number): number {
    const slot = slotOf(a, b);
    const known = slots[slot] ?? 0;
    if (known !== 0) return known;
    const added = next;
    next += 1;
    if (2 * next > pairs.length) pairs = grown(pairs);
    pairs[2 * added] = a;
    pairs[2 * added + 1] = b;
    slots[slot] = added;
    if (2 * next > slots.length) spread();
    return added;
  }

  /** The slot of a pair, or the empty one where it would stand. */
  function slotOf(a: number, b: number): number {
    const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const found = slots[slot] ?? 0;
      if (found === 0) return slot;
      if (pairs[2 * found] === a && pairs[2 * found + 1] === b) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function spread(): void {
    slots = new Int32Array(2 * slots.length);
    mask = slots.length - 1;
    for (let number = first; number < next; number++) {
      slots[slotOf(pairs[2 * number] ?? 0, pairs[2 * number + 1] ?? 0)] = number;
    }
  }
}
