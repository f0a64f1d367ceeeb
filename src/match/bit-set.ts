/**
 * A set of numbers, a bit each: a million fit where the processor reaches them at once. The array is the caller's, and wide enough.
 */
export function hasBit(bits: Int32Array, number: number): boolean {
  return ((bits[number >>> 5] ?? 0) & (1 << (number & 31))) !== 0;
}

export function setBit(bits: Int32Array, number: number): void {
  bits[number >>> 5] = (bits[number >>> 5] ?? 0) | (1 << (number & 31));
}
