import { takeUint32s } from './memory.ts';

/** A set of documents, a bit each: document `d` is bit `d & 31` of word `d >> 5`. */
export type Bits = Uint32Array;

export function noBits(count: number): Bits {
  return takeUint32s((count + 31) >>> 5);
}

export function hasBit(bits: Bits, document: number): boolean {
  return (((bits[document >>> 5] ?? 0) >>> (document & 31)) & 1) === 1;
}

export function setBit(bits: Bits, document: number): void {
  bits[document >>> 5] = (bits[document >>> 5] ?? 0) | (1 << (document & 31));
}

/** Keeps in `bits` what is in `others` too. */
export function keepBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word += 1) bits[word] = (bits[word] ?? 0) & (others[word] ?? 0);
}

export function addBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word += 1) bits[word] = (bits[word] ?? 0) | (others[word] ?? 0);
}

export function removeBits(bits: Bits, others: Bits): void {
  for (let word = 0; word < bits.length; word += 1) bits[word] = (bits[word] ?? 0) & ~(others[word] ?? 0);
}

/** All documents of a segment. */
export function allBits(count: number): Bits {
  const bits = noBits(count).fill(0xffff_ffff);
  if ((count & 31) !== 0) bits[bits.length - 1] = (1 << (count & 31)) - 1;
  return bits;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (const word of bits) {
    let sum = word - ((word >>> 1) & 0x5555_5555);
    sum = (sum & 0x3333_3333) + ((sum >>> 2) & 0x3333_3333);
    sum = (sum + (sum >>> 4)) & 0x0f0f_0f0f;
    count += Math.imul(sum, 0x0101_0101) >>> 24;
  }
  return count;
}

/** The documents, ascending. */
export function documentsIn(bits: Bits): Uint32Array {
  const documents = takeUint32s(countBits(bits));
  let next = 0;
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) {
      documents[next] = word * 32 + 31 - Math.clz32(rest & -rest);
      next += 1;
    }
  }
  return documents;
}
