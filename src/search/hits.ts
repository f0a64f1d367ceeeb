import { countBits, noBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { largeCounts, readCounts } from './postings.ts';
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
 * Cost: 3 nanoseconds a posting of a list that is alone, twice as much where several are joined.
 *
 * @param count documents of the segment
 */
export function hitsOf(lists: readonly Postings[], field: SearchedField, count: number): Hits {
  const each = lists.map((list) => hitsOfOne(list, field));
  const [only] = each;
  return only !== undefined && each.length === 1 ? only : joinedHits(each, count);
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

/** Lists with fewer postings than this share of the documents are sorted; of others, every document is looked at. */
const sparseShare = 1 / 64;

/** The documents of any of them, with the sums of their weights. */
function joinedHits(each: readonly Hits[], count: number): Hits {
  const postings = each.reduce((sum, { documents }) => sum + documents.length, 0);
  return postings < count * sparseShare ? sortedHits(each, postings) : summedHits(each, count);
}

function sortedHits(each: readonly Hits[], postings: number): Hits {
  const keys = new Float64Array(postings);
  let next = 0;
  for (const { documents, weights } of each) {
    for (let index = 0; index < documents.length; index += 1) {
      keys[next++] = (documents[index] ?? 0) * 0x1_0000 + (weights[index] ?? 0);
    }
  }
  keys.sort();
  const documents = new Uint32Array(postings);
  const weights = new Uint16Array(postings);
  let found = 0;
  for (const key of keys) {
    const document = Math.floor(key / 0x1_0000);
    const weight = key % 0x1_0000;
    if (found > 0 && documents[found - 1] === document) {
      weights[found - 1] = Math.min((weights[found - 1] ?? 0) + weight, mostWeight);
      continue;
    }
    documents[found] = document;
    weights[found] = weight;
    found += 1;
  }
  return { documents: documents.subarray(0, found), weights: weights.subarray(0, found) };
}

function summedHits(each: readonly Hits[], count: number): Hits {
  const sums = new Uint16Array(count);
  const bits = noBits(count);
  for (const { documents, weights } of each) {
    for (let index = 0; index < documents.length; index += 1) {
      const document = documents[index] ?? 0;
      bits[document >>> 5] = (bits[document >>> 5] ?? 0) | (1 << (document & 31));
      sums[document] = Math.min((sums[document] ?? 0) + (weights[index] ?? 0), mostWeight);
    }
  }
  const documents = new Uint32Array(countBits(bits));
  const weights = new Uint16Array(documents.length);
  let found = 0;
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word] ?? 0; rest !== 0; rest &= rest - 1) {
      const document = word * 32 + 31 - Math.clz32(rest & -rest);
      documents[found] = document;
      weights[found] = sums[document] ?? 0;
      found += 1;
    }
  }
  return { documents, weights };
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
