import { noBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { readVarint } from './bytes.ts';
import type { Cursor } from './bytes.ts';
import { documentsOfAll, weightsIn } from './found.ts';
import type { Found, SearchedField } from './found.ts';
import { briefly, takeUint32s } from './memory.ts';
import { largeCounts, readPlaces } from './postings.ts';
import type { Postings } from './postings.ts';

/** How many words the documents have: together, without the gap between title and abstract, and in the title alone. */
export type WordCounts = { readonly count: number; readonly lengths: Uint16Array; readonly titleLengths: Uint16Array };

/** What a word's places are looked up in: those that continue a place of `before` are put into `after`, or found where nothing follows. */
type Step = {
  readonly candidates: Bits;
  /** Where the places of a document begin. */
  readonly starts: Uint32Array;
  readonly before: Bits | null;
  readonly after: Bits | null;
  /** Documents in which there was one. */
  readonly reached: Bits;
};

/**
 * Adds documents in which words stand next to each other, in this order. Each word is any of several, a list each.
 *
 * Every place of the documents that have all words has a bit. The first word sets its own, the second its own where the place before is set,
 * and so on; the last word's are counted. Cost: reading the words' places, 1 nanosecond a byte (2026-11-23).
 */
export function addPhrase(
  words: readonly (readonly Postings[])[],
  field: SearchedField,
  documents: WordCounts,
  into: Found,
): void {
  briefly(() => {
    const inAll = documentsOfAll(words, documents.count);
    const { starts, size } = placesOf(inAll, documents);
    if (size === 0) return;
    let before: Bits | null = null;
    let candidates = inAll;
    for (const [index, lists] of words.entries()) {
      const isLast = index === words.length - 1;
      const after = isLast ? null : noBits(size);
      const reached = isLast ? into.bits : noBits(documents.count);
      for (const list of lists) {
        follow(list, { candidates, starts, before, after, reached }, field, documents.titleLengths, into.weights);
      }
      before = after;
      candidates = reached;
    }
  });
}

/** One place more between two documents: nothing stands there. */
function placesOf(inAll: Bits, { count, lengths }: WordCounts): { starts: Uint32Array; size: number } {
  const starts = takeUint32s(count);
  let size = 0;
  for (const [word, bits] of inAll.entries()) {
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const document = word * 32 + 31 - Math.clz32(rest & -rest);
      starts[document] = size + 1;
      // One more for the gap between title and abstract.
      size += (lengths[document] ?? 0) + 2;
    }
  }
  return { starts, size };
}

function follow(
  { docs, positions }: Postings,
  { candidates, starts, before, after, reached }: Step,
  field: SearchedField,
  titleLengths: Uint16Array,
  weights: Uint16Array,
): void {
  const { inTitle, elsewhere } = weightsIn(field);
  const end = docs.length;
  let document = 0;
  let at = 0;
  let placeAt = 0;
  let passed = 0;
  // Written out as `addPostings` is: a common word stands in millions of places.
  while (at < end) {
    let byte = docs[at++] ?? 0;
    let delta = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docs[at++] ?? 0;
      delta |= (byte & 127) << shift;
    }
    document = (document + delta) | 0;
    const counts = docs[at++] ?? 0;
    let left = (counts >> 6) + (counts & 63);
    if (counts === largeCounts) {
      const cursor = { bytes: docs, at: at - 1 };
      left = readPlaces(cursor);
      at = cursor.at;
    }
    if ((((candidates[document >>> 5] ?? 0) >>> (document & 31)) & 1) === 0) {
      passed += left;
      continue;
    }
    // Those of all documents in between at once: the processor guesses one long loop right, and many short ones wrong.
    for (; passed > 0; placeAt += 1) passed -= (positions[placeAt] ?? 0) < 128 ? 1 : 0;
    let place = starts[document] ?? 0;
    const abstract = place + (titleLengths[document] ?? 0);
    let weight = 0;
    for (; left > 0; left -= 1) {
      byte = positions[placeAt++] ?? 0;
      delta = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = positions[placeAt++] ?? 0;
        delta |= (byte & 127) << shift;
      }
      place += delta;
      if (before !== null && (((before[(place - 1) >>> 5] ?? 0) >>> ((place - 1) & 31)) & 1) === 0) continue;
      weight += place < abstract ? inTitle : elsewhere;
      if (after !== null) after[place >>> 5] = (after[place >>> 5] ?? 0) | (1 << (place & 31));
    }
    if (weight === 0) continue;
    if (after === null) weights[document] = Math.min((weights[document] ?? 0) + weight, 0xffff);
    reached[document >>> 5] = (reached[document >>> 5] ?? 0) | (1 << (document & 31));
  }
}

/** Of texts that are not titles or abstracts, as far as the places of these words tell. */
export function wordCountsOf(words: readonly (readonly Postings[])[], count: number): WordCounts {
  const lengths = new Uint16Array(count);
  for (const list of words.flat()) {
    const docs: Cursor = { bytes: list.docs, at: 0 };
    const positions: Cursor = { bytes: list.positions, at: 0 };
    let document = 0;
    while (docs.at < docs.bytes.length) {
      document += readVarint(docs);
      let place = 0;
      for (let left = readPlaces(docs); left > 0; left -= 1) place += readVarint(positions);
      lengths[document] = Math.max(lengths[document] ?? 0, place);
    }
  }
  return { count, lengths, titleLengths: new Uint16Array(count) };
}
