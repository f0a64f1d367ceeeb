import { createIntPool, grown, roomOf } from './int-pool.ts';

/**
 * A list of postings for every number from 0. A posting is two integers, a target and a filter, in no order.
 *
 * Who reads many takes the arrays themselves: list `n` is `lengths[n]` pairs of `memory` from `starts[n]` on.
 */
export type PostingLists = {
  arrays(): { readonly starts: Int32Array; readonly lengths: Int32Array; readonly memory: Int32Array };
  /** Cost: constant, on average. */
  add(list: number, target: number, filter: number): void;
  /** Removes the first posting that `isWanted` recognises and returns its target; null where there is none. Cost: the list's length. */
  remove(list: number, isWanted: (target: number) => boolean): number | null;
};

/** Integers of a posting. */
export const postingSize = 2;

export function createPostingLists(): PostingLists {
  const pool = createIntPool();
  let starts = new Int32Array(1024);
  let lengths = new Int32Array(1024);

  return {
    arrays: () => ({ starts, lengths, memory: pool.memory() }),
    add(list, target, filter) {
      while (list >= lengths.length) {
        starts = grown(starts);
        lengths = grown(lengths);
      }
      const length = lengths[list] ?? 0;
      const start = roomFor(list, length);
      const memory = pool.memory();
      memory[start + postingSize * length] = target;
      memory[start + postingSize * length + 1] = filter;
      lengths[list] = length + 1;
    },
    remove(list, isWanted) {
      const memory = pool.memory();
      const start = starts[list] ?? 0;
      const length = lengths[list] ?? 0;
      const last = start + postingSize * (length - 1);
      for (let at = start; at <= last; at += postingSize) {
        const target = memory[at] ?? 0;
        if (!isWanted(target)) continue;
        memory.copyWithin(at, last, last + postingSize);
        lengths[list] = length - 1;
        shrink(list, length);
        return target;
      }
      return null;
    },
  };

  /** Where the list stands, with room for one more than `length`. */
  function roomFor(list: number, length: number): number {
    const start = starts[list] ?? 0;
    if (length > 0 && length < roomOf(length)) return start;
    const moved = pool.allocate(postingSize * (length + 1));
    if (length > 0) {
      pool.memory().copyWithin(moved, start, start + postingSize * length);
      pool.release(start, postingSize * length);
    }
    starts[list] = moved;
    return moved;
  }

  /** After one of `length` postings went: a block that became too large, or empty, is given back. */
  function shrink(list: number, length: number): void {
    const start = starts[list] ?? 0;
    const left = length - 1;
    if (left > 0 && roomOf(left) === roomOf(length)) return;
    if (left > 0) {
      const moved = pool.allocate(postingSize * left);
      pool.memory().copyWithin(moved, start, start + postingSize * left);
      starts[list] = moved;
    }
    pool.release(start, postingSize * length);
  }
}
