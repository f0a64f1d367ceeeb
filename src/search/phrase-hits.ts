import { hasBit, keepBits, noBits } from './bits.ts';
import type { Bits } from './bits.ts';
import { readVarint } from './bytes.ts';
import type { Cursor } from './bytes.ts';
import { bitsOf, hitsOf } from './hits.ts';
import type { Hits, SearchedField } from './hits.ts';
import { takeUint32s } from './memory.ts';
import { readPlaces, skipVarints } from './postings.ts';
import type { Postings } from './postings.ts';

/** Places looked at together: their bits, twice, stay in the processor's cache. */
const placesAtOnce = 1 << 18;
const documentsAtOnce = 1 << 12;

/** How many words the documents have: together, without the gap between title and abstract, and in the title alone. */
export type WordCounts = { readonly count: number; readonly lengths: Uint16Array; readonly titleLengths: Uint16Array };

/** A list that is read document by document. */
type Reading = {
  readonly docs: Cursor;
  readonly positions: Cursor;
  /** The document that comes next and how often the word is in it; the lists' end where there is none. */
  document: number;
  places: number;
};

/**
 * Documents in which words stand next to each other, in this order. Each word is any of several, a list each.
 *
 * Every word of the documents in question has a bit. The first words set theirs, the second ones the bit of the word before them, and so
 * on: where all have set it, the phrase begins. Cost: reading the places of documents in which all words are.
 */
export function phraseHits(words: readonly (readonly Postings[])[], field: SearchedField, documents: WordCounts): Hits {
  const { count } = documents;
  const candidates = words.map((lists) => bitsOf(hitsOf(lists, null, count), count));
  const inAll = candidates[0] ?? noBits(count);
  for (const bits of candidates.slice(1)) keepBits(inAll, bits);

  const readings = words.map((lists) => lists.map(startReading));
  const found: Found = { documents: [], weights: [] };
  let from = 0;
  while (from < count) {
    const { starts, to, size } = nextStretch(inAll, documents, from);
    if (size > 0) {
      const together = noBits(size);
      for (const [offset, lists] of readings.entries()) {
        const places = offset === 0 ? together : noBits(size);
        for (const reading of lists) setPlaces(reading, { inAll, starts, from, to, offset }, places);
        if (offset > 0) keepBits(together, places);
      }
      collect(together, { inAll, starts, from, to }, documents, field, found);
    }
    from = to;
  }
  return { documents: Uint32Array.from(found.documents), weights: Uint16Array.from(found.weights) };
}

/** Of texts that are not titles or abstracts, as far as the places of these words tell. */
export function wordCountsOf(words: readonly (readonly Postings[])[], count: number): WordCounts {
  const lengths = new Uint16Array(count);
  for (const reading of words.flat().map(startReading)) {
    for (; reading.document < count; advance(reading)) {
      let place = 0;
      for (let left = reading.places; left > 0; left -= 1) place += readVarint(reading.positions);
      lengths[reading.document] = Math.max(lengths[reading.document] ?? 0, place);
    }
  }
  return { count, lengths, titleLengths: new Uint16Array(count) };
}

type Found = { readonly documents: number[]; readonly weights: number[] };

/** Documents from `from` on and before `to`; the places of candidate `d` begin at `starts[d - from]`. */
type Stretch = { readonly inAll: Bits; readonly starts: Uint32Array; readonly from: number; readonly to: number };

function nextStretch(inAll: Bits, { count, lengths }: WordCounts, from: number) {
  const starts = takeUint32s(Math.min(count - from, documentsAtOnce));
  let size = 0;
  let to = from;
  for (; to < count && to - from < starts.length && size < placesAtOnce; to += 1) {
    starts[to - from] = size;
    // One more for the gap between title and abstract.
    if (hasBit(inAll, to)) size += (lengths[to] ?? 0) + 1;
  }
  return { starts, to, size };
}

function startReading(list: Postings): Reading {
  const reading = {
    docs: { bytes: list.docs, at: 0 },
    positions: { bytes: list.positions, at: 0 },
    document: 0,
    places: 0,
  };
  advance(reading);
  return reading;
}

/** Behind every document. */
const noDocument = 0x3fff_ffff;

function advance(reading: Reading): void {
  const { docs } = reading;
  if (docs.at >= docs.bytes.length) {
    reading.document = noDocument;
    return;
  }
  reading.document = (reading.document + readVarint(docs)) | 0;
  reading.places = readPlaces(docs);
}

function setPlaces(
  reading: Reading,
  { inAll, starts, from, to, offset }: Stretch & { readonly offset: number },
  places: Bits,
): void {
  const { positions } = reading;
  for (; reading.document < to; advance(reading)) {
    if (!hasBit(inAll, reading.document)) {
      skipVarints(positions, reading.places);
      continue;
    }
    const start = starts[reading.document - from] ?? 0;
    let place = -offset;
    for (let left = reading.places; left > 0; left -= 1) {
      place += readVarint(positions);
      if (place < 0) continue;
      const bit = start + place;
      places[bit >>> 5] = (places[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }
}

/** Counts where the phrase begins, by document and field. */
function collect(
  together: Bits,
  { inAll, starts, from, to }: Stretch,
  { lengths, titleLengths }: WordCounts,
  field: SearchedField,
  found: Found,
): void {
  for (let document = from; document < to; document += 1) {
    if (!hasBit(inAll, document)) continue;
    const start = starts[document - from] ?? 0;
    const abstract = start + (titleLengths[document] ?? 0);
    const end = start + (lengths[document] ?? 0) + 1;
    const inTitle = field === 'abstract' ? 0 : countBetween(together, start, abstract);
    const elsewhere = field === 'title' ? 0 : countBetween(together, abstract, end);
    if (inTitle + elsewhere === 0) continue;
    found.documents.push(document);
    found.weights.push(2 * inTitle + elsewhere);
  }
}

function countBetween(bits: Bits, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to;) {
    // Most words of 32 places hold nothing.
    const word = (bits[at >>> 5] ?? 0) >>> (at & 31);
    if (word === 0) {
      at = ((at >>> 5) + 1) << 5;
      continue;
    }
    count += word & 1;
    at += 1;
  }
  return count;
}
