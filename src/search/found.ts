import { keepBits, noBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { takeUint16s } from './memory.ts';
import { largeCounts, readCounts } from './postings.ts';
import type { Postings } from './postings.ts';

/**
 * Where something is found in a segment: a bit for each document, and how often, an occurrence in a title twice. Both by the document's
 * number: words of a stem are added up where they stand.
 */
export type Found = { readonly bits: Bits; readonly weights: Uint16Array };

/** Where to look: null is title and abstract. */
export type SearchedField = 'title' | 'abstract' | null;

const mostWeight = 0xffff;

/** What an occurrence counts. */
export function weightsIn(field: SearchedField): { readonly inTitle: number; readonly elsewhere: number } {
  return { inTitle: field === 'abstract' ? 0 : 2, elsewhere: field === 'title' ? 0 : 1 };
}

/** The weight of the two counts in a byte, by that byte: see `putDocument`. */
const tables = new Map<SearchedField, Uint8Array>();
function tableOf(field: SearchedField): Uint8Array {
  const known = tables.get(field);
  if (known !== undefined) return known;
  const { inTitle, elsewhere } = weightsIn(field);
  const table = Uint8Array.from({ length: 256 }, (_, byte) => inTitle * (byte >> 6) + elsewhere * (byte & 63));
  tables.set(field, table);
  return table;
}

export function nothingFound(count: number): Found {
  return { bits: noBits(count), weights: takeUint16s(count) };
}

/** The same memory, for a segment of so many documents, with nothing in it. */
export function emptied({ bits, weights }: Found, count: number): Found {
  return { bits: bits.subarray(0, (count + 31) >>> 5).fill(0), weights: weights.subarray(0, count).fill(0) };
}

/** Cost: 2 nanoseconds a posting (2026-11-23). */
export function addPostings({ docs }: Postings, field: SearchedField, { bits, weights }: Found): void {
  const table = tableOf(field);
  const end = docs.length;
  let document = 0;
  let at = 0;
  // Written out, and with `| 0` so that V8 keeps small integers: some queries read a million postings.
  while (at < end) {
    let byte = docs[at++] ?? 0;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docs[at++] ?? 0;
      delta |= (byte & 127) << shift;
    }
    document = (document + delta) | 0;
    const counts = docs[at++] ?? 0;
    let weight = table[counts] ?? 0;
    if (counts === largeCounts) {
      const cursor = { bytes: docs, at: at - 1 };
      const { inTitle, elsewhere } = readCounts(cursor);
      const each = weightsIn(field);
      weight = inTitle * each.inTitle + elsewhere * each.elsewhere;
      at = cursor.at;
    }
    const sum = (weights[document] ?? 0) + weight;
    weights[document] = sum > mostWeight ? mostWeight : sum;
    // A bit where the weight is above 0, without a branch that the processor would guess wrong.
    bits[document >>> 5] = (bits[document >>> 5] ?? 0) | ((-weight >>> 31) << (document & 31));
  }
}

/** As `addPostings`, the documents alone. */
export function addDocuments({ docs }: Postings, bits: Bits): void {
  const end = docs.length;
  let document = 0;
  let at = 0;
  while (at < end) {
    let byte = docs[at++] ?? 0;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docs[at++] ?? 0;
      delta |= (byte & 127) << shift;
    }
    document = (document + delta) | 0;
    if (docs[at++] === largeCounts) {
      const cursor = { bytes: docs, at: at - 1 };
      readCounts(cursor);
      at = cursor.at;
    }
    bits[document >>> 5] = (bits[document >>> 5] ?? 0) | (1 << (document & 31));
  }
}

/** Documents that are in a list of each word. */
export function documentsOfAll(words: readonly (readonly Postings[])[], count: number): Bits {
  const inAll = noBits(count);
  for (const [index, lists] of words.entries()) {
    const bits = index === 0 ? inAll : noBits(count);
    for (const list of lists) addDocuments(list, bits);
    if (index > 0) keepBits(inAll, bits);
  }
  return inAll;
}
