import { noBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { copyUint16s, copyUint32s } from './memory.ts';
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
 * Cost: 3 nanoseconds a posting (2026-11-23), and where several lists are joined one for each document of the segment.
 *
 * @param count documents of the segment
 */
export function hitsOf(lists: readonly Postings[], field: SearchedField, count: number): Hits {
  const postings = lists.reduce((sum, list) => sum + list.count, 0);
  const [only] = lists;
  if (only !== undefined && lists.length === 1) {
    const found = readPostings(only, field, room(postings), 0);
    return field === null ? copied(found) : withWeight(found);
  }
  return postings < count * sparseShare ? sortedHits(lists, field, postings) : summedHits(lists, field, count);
}

/** Lists with fewer postings than this share of the documents are sorted; of others, every document is looked at. */
const sparseShare = 1 / 16;

type Scratch = { documents: Uint32Array; weights: Uint16Array };

/** Written over by every list: new memory would cost more than the work. A search never waits in between. */
const scratch: Scratch = { documents: new Uint32Array(0), weights: new Uint16Array(0) };
let sums = new Uint16Array(0);

function room(postings: number): Scratch {
  if (scratch.documents.length < postings) {
    scratch.documents = new Uint32Array(2 * postings);
    scratch.weights = new Uint16Array(2 * postings);
  }
  return scratch;
}

function copied({ documents, weights }: Hits): Hits {
  return { documents: copyUint32s(documents), weights: copyUint16s(weights) };
}

/** Those in which something is in the field that was asked for, as a copy. */
function withWeight({ documents, weights }: Hits): Hits {
  let kept = 0;
  for (let index = 0; index < documents.length; index += 1) {
    const weight = weights[index] ?? 0;
    documents[kept] = documents[index] ?? 0;
    weights[kept] = weight;
    if (weight > 0) kept += 1;
  }
  return copied({ documents: documents.subarray(0, kept), weights: weights.subarray(0, kept) });
}

/** Writes a list into the scratch memory from a place on. The part that is written is the answer. */
function readPostings(list: Postings, field: SearchedField, { documents, weights }: Scratch, from: number): Hits {
  const table = weightsOf(field);
  const bytes = list.docs;
  const end = bytes.length;
  let next = from;
  let document = 0;
  let at = 0;
  // Written out, and with `| 0` so that V8 keeps small integers: some queries read a million postings.
  while (at < end) {
    let byte = bytes[at++] ?? 0;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0;
      delta |= (byte & 127) << shift;
    }
    document = (document + delta) | 0;
    const counts = bytes[at++] ?? 0;
    documents[next] = document;
    weights[next] = table[counts] ?? 0;
    next = (next + 1) | 0;
    if (counts === largeCounts) {
      const cursor = { bytes, at: at - 1 };
      const { inTitle, elsewhere } = readCounts(cursor);
      weights[next - 1] = weigh(field, inTitle, elsewhere);
      at = cursor.at;
    }
  }
  return { documents: documents.subarray(from, next), weights: weights.subarray(from, next) };
}

function sortedHits(lists: readonly Postings[], field: SearchedField, postings: number): Hits {
  const into = room(postings);
  let end = 0;
  for (const list of lists) end += readPostings(list, field, into, end).documents.length;
  const keys = new Float64Array(end);
  for (let index = 0; index < end; index += 1) {
    keys[index] = (into.documents[index] ?? 0) * 0x1_0000 + (into.weights[index] ?? 0);
  }
  keys.sort();
  let found = 0;
  for (let index = 0; index < end; index += 1) {
    const key = keys[index] ?? 0;
    const document = Math.floor(key / 0x1_0000);
    const weight = key % 0x1_0000;
    if (found > 0 && into.documents[found - 1] === document) {
      into.weights[found - 1] = Math.min((into.weights[found - 1] ?? 0) + weight, mostWeight);
    } else {
      into.documents[found] = document;
      into.weights[found] = weight;
      found += 1;
    }
  }
  return withWeight({ documents: into.documents.subarray(0, found), weights: into.weights.subarray(0, found) });
}

function summedHits(lists: readonly Postings[], field: SearchedField, count: number): Hits {
  if (sums.length < count) sums = new Uint16Array(count);
  for (const list of lists) {
    const { documents, weights } = readPostings(list, field, room(list.count), 0);
    for (let index = 0; index < documents.length; index += 1) {
      const document = documents[index] ?? 0;
      const sum = (sums[document] ?? 0) + (weights[index] ?? 0);
      sums[document] = sum > mostWeight ? mostWeight : sum;
    }
  }
  const { documents, weights } = room(count);
  let found = 0;
  for (let document = 0; document < count; document += 1) {
    const sum = sums[document] ?? 0;
    documents[found] = document;
    weights[found] = sum;
    // One more where the sum is above 0, without a branch that the processor would guess wrong half the time.
    found = (found + (-sum >>> 31)) | 0;
  }
  sums.fill(0, 0, count);
  return copied({ documents: documents.subarray(0, found), weights: weights.subarray(0, found) });
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
