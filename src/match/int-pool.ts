/** Blocks of integers beside one another in one array that grows: what a million small arrays would cost in memory and in cache misses. */
export type IntPool = {
  /** Where all blocks lie. Another array after any `allocate`. */
  memory(): Int32Array;
  /** The offset of a new block with room for `size` integers, 1 or more; what it holds is not said. */
  allocate(size: number): number;
  /** Gives back a block of `allocate(size)`. */
  release(offset: number, size: number): void;
};

const firstLength = 1 << 10;
const noBlock = -1;

/** How many integers a block for `size` of them has room for: the next power of two. */
export function roomOf(size: number): number {
  return size < 2 ? 1 : 1 << (32 - Math.clz32(size - 1));
}

/** Blocks are powers of two; free ones of a size hang in a chain, each holding the offset of the next. */
export function createIntPool(): IntPool {
  let memory = new Int32Array(firstLength);
  let end = 0;
  const firstFree = new Int32Array(32).fill(noBlock);

  return {
    memory: () => memory,
    allocate(size) {
      const room = roomOf(size);
      const chain = 31 - Math.clz32(room);
      const free = firstFree[chain] ?? noBlock;
      if (free !== noBlock) {
        firstFree[chain] = memory[free] ?? noBlock;
        return free;
      }
      const offset = end;
      end += room;
      while (end > memory.length) memory = grown(memory);
      return offset;
    },
    release(offset, size) {
      const chain = 31 - Math.clz32(roomOf(size));
      memory[offset] = firstFree[chain] ?? noBlock;
      firstFree[chain] = offset;
    },
  };
}

/** The same integers with twice the room; zeros follow. */
export function grown(from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length);
  to.set(from);
  return to;
}
