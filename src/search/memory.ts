/*
 * Memory for the arrays of a search, taken again by the next one: new memory costs several times as much as writing to it (2026-11-23: 10
 * nanoseconds a posting instead of 2.5). What a search took ends with the last of those that run at the same time.
 */

/** Of this many bytes each, or as many as one array needs. */
const slabBytes = 4 * 1024 * 1024;
/** What is kept from one search to the next: enough for nearly all of them. */
const keptBytes = 16 * 1024 * 1024;

let slabs: ArrayBuffer[] = [];
let current = 0;
let used = 0;
let running = 0;

/** Runs a search; arrays that are taken meanwhile are its own until it ends. */
export async function withMemory<T>(search: () => Promise<T>): Promise<T> {
  running += 1;
  try {
    return await search();
  } finally {
    running -= 1;
    if (running === 0) giveBack();
  }
}

/** Runs a part of a search that waits for nothing; what it takes is given back at its end. */
export function briefly(work: () => void): void {
  const before = { current, used };
  work();
  ({ current, used } = before);
}

function giveBack(): void {
  current = 0;
  used = 0;
  let kept = 0;
  slabs = slabs.filter(({ byteLength }) => (kept += byteLength) <= keptBytes);
}

/** A place of so many bytes, at a multiple of eight. */
function take(bytes: number): { readonly buffer: ArrayBuffer; readonly at: number } {
  // Outside of a search nobody gives back.
  if (running === 0) return { buffer: new ArrayBuffer(bytes), at: 0 };
  for (;;) {
    const slab = slabs[current];
    if (slab === undefined) {
      slabs.push(new ArrayBuffer(Math.max(slabBytes, bytes)));
      used = 0;
    } else if (used + bytes <= slab.byteLength) {
      const at = used;
      used += (bytes + 7) & ~7;
      return { buffer: slab, at };
    } else {
      current += 1;
      used = 0;
    }
  }
}

/** Zeros. */
export function takeUint32s(length: number): Uint32Array {
  const { buffer, at } = take(4 * length);
  return new Uint32Array(buffer, at, length).fill(0);
}

/** Zeros. */
export function takeUint16s(length: number): Uint16Array {
  const { buffer, at } = take(2 * length);
  return new Uint16Array(buffer, at, length).fill(0);
}

/** Zeros. */
export function takeFloat64s(length: number): Float64Array {
  const { buffer, at } = take(8 * length);
  return new Float64Array(buffer, at, length).fill(0);
}

export function copyUint32s(from: Uint32Array): Uint32Array {
  const { buffer, at } = take(4 * from.length);
  const copy = new Uint32Array(buffer, at, from.length);
  copy.set(from);
  return copy;
}
