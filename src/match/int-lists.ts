import { createIntPool, grown, roomOf } from './int-pool.ts';

/**
 * A list of integers for every number from 0.
 *
 * Who reads many takes the arrays themselves: list `n` is `lengths[n]` integers of `memory` from `starts[n]` on.
 */
export type IntLists = {
  /** Valid until the next change. */
  arrays(): { readonly starts: Int32Array; readonly lengths: Int32Array; readonly memory: Int32Array };
  /** Cost: O(values), on average. */
  append(list: number, values: readonly number[]): void;
  /** Removes `size` integers that stand `at` places behind the start. Cost: the list's length. */
  cut(list: number, at: number, size: number): void;
};

export function createIntLists(): IntLists {
  const pool = createIntPool();
  let starts = new Int32Array(1024);
  let lengths = new Int32Array(1024);

  return {
    arrays: () => ({ starts, lengths, memory: pool.memory() }),
    append(list, values) {
      while (list >= lengths.length) {
        starts = grown(starts);
        lengths = grown(lengths);
      }
      const length = lengths[list] ?? 0;
      resize(list, length + values.length);
      pool.memory().set(values, (starts[list] ?? 0) + length);
    },
    cut(list, at, size) {
      const start = starts[list] ?? 0;
      const length = lengths[list] ?? 0;
      pool.memory().copyWithin(start + at, start + at + size, start + length);
      resize(list, length - size);
    },
  };

  /** Moves the list to a block of another size where its own has no room for `length`, or far too much. */
  function resize(list: number, length: number): void {
    const before = lengths[list] ?? 0;
    lengths[list] = length;
    if (before > 0 && length > 0 && roomOf(before) === roomOf(length)) return;
    const from = starts[list] ?? 0;
    if (length > 0) {
      const to = pool.allocate(length);
      pool.memory().copyWithin(to, from, from + Math.min(before, length));
      starts[list] = to;
    }
    if (before > 0) pool.release(from, before);
  }
}
