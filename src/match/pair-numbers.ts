/** Numbers pairs of integers in the order in which they come. */
export type PairNumbers = {
  /** The number of a pair; 0 where it has none. */
  find(a: number, b: number): number;
  /** The same, given where it had none. */
  intern(a: number, b: number): number;
  /** A number that no pair will get. */
  take(): number;
  /** One more than the highest number. */
  end(): number;
};

/** Integers of a slot: the pair, its number (0: the slot is empty), and one that keeps slots from lying across two lines of the cache. */
const slotSize = 4;
const numberOffset = 2;

/**
 * One hash table in a typed array: open addressing, linear probing. A map of maps, or of text, would take ten times the memory.
 *
 * Memory: 21 to 43 bytes a pair. Cost: one look at memory, seldom two.
 *
 * @param first the number of the first pair, above 0
 */
export function createPairNumbers(first: number): PairNumbers {
  let slots = new Int32Array(slotSize * 1024);
  let mask = slots.length / slotSize - 1;
  let next = first;
  let count = 0;

  return { find: (a, b) => slots[slotOf(a, b) + numberOffset] ?? 0, intern, take, end: () => next };

  function intern(a: number, b: number): number {
    const slot = slotOf(a, b);
    const known = slots[slot + numberOffset] ?? 0;
    if (known !== 0) return known;
    const added = take();
    put(slot, a, b, added);
    count += 1;
    // At most three quarters full: beyond, the search for what is not there becomes long.
    if (4 * count > 3 * mask) spread();
    return added;
  }

  function take(): number {
    next += 1;
    return next - 1;
  }

  /** Where the slot of a pair begins, or the empty one where it would stand. */
  function slotOf(a: number, b: number): number {
    const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    let slot = slotSize * ((hash ^ (hash >>> 15)) & mask);
    while (slots[slot + numberOffset] !== 0 && (slots[slot] !== a || slots[slot + 1] !== b)) {
      slot = (slot + slotSize) & (slotSize * mask);
    }
    return slot;
  }

  function put(slot: number, a: number, b: number, number: number): void {
    slots[slot] = a;
    slots[slot + 1] = b;
    slots[slot + numberOffset] = number;
  }

  function spread(): void {
    const from = slots;
    slots = new Int32Array(2 * from.length);
    mask = slots.length / slotSize - 1;
    for (let slot = 0; slot < from.length; slot += slotSize) {
      const number = from[slot + numberOffset] ?? 0;
      if (number === 0) continue;
      const a = from[slot] ?? 0;
      const b = from[slot + 1] ?? 0;
      put(slotOf(a, b), a, b, number);
    }
  }
}
