import { noBits, setBit } from './bits.ts';
import type { Bits } from './bits.ts';
import { readCounts, largeCounts } from './postings.ts';
import type { Postings } from './postings.ts';

/** Documents in which something was found, ascending, and how often: an occurrence in a title counts twice. */
export type Hits = { readonly documents: Uint32Array; readonly weights: Uint16Array };

/** Where to look: null is title and abstract. */
export type SearchedField = 'title' | 'abstract' | null;

const titleWeight = 2;
const mostWeight = 0xffff;

function weigh(field: SearchedField, inTitle: number, elsewhere: number): number {
  const weight = (field === 'abstract' ? 0 : titleWeight * inTitle) + (field === 'title' ? 0 : elsewhere);
  return Math.min(weight, mostWeight);
}

/** The weight of the two counts in a byte, by that byte: see `putDocument`. */
const tables = new Map<SearchedField, Uint8Array>();
function weightsOf(field: SearchedField): Uint8Array {
  const known = tables.get(field);
  if (known !== undefined) return known;
  const table = Uint8Array.from({ length: 256 }, (_, byte) => weigh(field, byte >> 6, byte & 63));
  tables.set(field, table);
  return table;
}

/**
 * The documents that any of the lists names, together.
 *
 * Cost: 3 nanoseconds a posting of a list that is alone, some more where several are joined.
 *
 * @param count documents of the segment
 */
export function hitsOf(lists: readonly Postings[], field: SearchedField, count: number): Hits {
  const [only] = lists;
  if (only !== undefined && lists.length === 1) return hitsOfOne(only, field);
  const joined = createJoinedHits(count);
  for (const list of lists) {
    const { documents, weights } = hitsOfOne(list, field);
    for (let index = 0; index < documents.length; index += 1) {
      joined.add(documents[index] ?? 0, weights[index] ?? 0);
    }
  }
  return joined.hits();
}

function hitsOfOne(list: Postings, field: SearchedField): Hits {
  const documents = new Uint32Array(list.count);
  const weights = new Uint16Array(list.count);
  const table = weightsOf(field);
  const bytes = list.docs;
  const end = bytes.length;
  let found = 0;
  let document = 0;
  let at = 0;
  // Written out, for calls and objects would cost more than the work: some queries read a million postings.
  while (at < end) {
    let byte = bytes[at++] ?? 0;
    let delta = byte & 127;
    for (let shift = 7; byte > 127 && at < end; shift += 7) {
      byte = bytes[at++] ?? 0;
      delta |= (byte & 127) << shift;
    }
    document += delta;
    const counts = bytes[at++] ?? 0;
    let weight = table[counts] ?? 0;
    if (counts === largeCounts) {
      const cursor = { bytes, at: at - 1 };
      const { inTitle, elsewhere } = readCounts(cursor);
      weight = weigh(field, inTitle, elsewhere);
      at = cursor.at;
    }
    documents[found] = document;
    weights[found] = weight;
    // What is not in the field that is asked for is written over.
    if (weight > 0) found += 1;
  }
  return { documents: documents.subarray(0, found), weights: weights.subarray(0, found) };
}

/** Adds up weights by document. */
export function createJoinedHits(count: number): { add(document: number, weight: number): void; hits(): Hits } {
  const sums = new Uint16Array(count);
  const bits = noBits(count);
  let found = 0;
  return {
    add: (document, weight) => {
      const before = sums[document] ?? 0;
      if (before === 0) {
        found += 1;
        setBit(bits, document);
      }
      sums[document] = Math.min(before + weight, mostWeight);
    },
    hits: () => {
      const documents = new Uint32Array(found);
      let next = 0;
      for (let word = 0; word < bits.length; word += 1) {
        for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) {
          documents[next++] = word * 32 + 31 - Math.clz32(rest & -rest);
        }
      }
      return { documents, weights: Uint16Array.from(documents, (document) => sums[document] ?? 0) };
    },
  };
}

/** Those that are not `dead`; `hits` itself where none is. */
export function livingHits(hits: Hits, dead: Bits | null): Hits {
  if (dead === null) return hits;
  const { documents, weights } = hits;
  let kept = 0;
  for (let index = 0; index < documents.length; index += 1) {
    const document = documents[index] ?? 0;
    if ((((dead[document >>> 5] ?? 0) >>> (document & 31)) & 1) === 1) continue;
    documents[kept] = document;
    weights[kept] = weights[index] ?? 0;
    kept += 1;
  }
  return { documents: documents.subarray(0, kept), weights: weights.subarray(0, kept) };
}

export function bitsOf(hits: Hits, count: number): Bits {
  const bits = noBits(count);
  const { documents } = hits;
  for (let index = 0; index < documents.length; index += 1) {
    const document = documents[index] ?? 0;
    bits[document >>> 5] = (bits[document >>> 5] ?? 0) | (1 << (document & 31));
  }
  return bits;
}
