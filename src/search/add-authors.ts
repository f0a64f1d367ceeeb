import { addBits, hasBit, setBit } from './bits.ts';
import type { Bits } from './bits.ts';
import { placesOfAName } from './build-segment.ts';
import { readVarint } from './bytes.ts';
import type { Cursor } from './bytes.ts';
import { documentsOfAll } from './found.ts';
import { takeUint32s } from './memory.ts';
import { readCounts, skipVarints } from './postings.ts';
import type { Postings } from './postings.ts';

/**
 * Adds documents with an author in whose name the words stand in this order, others between them or not. Each word is any of several, a list
 * each. Exactly `matchesAuthor`: the earliest place that agrees leaves most of the name to the words that follow.
 */
export function addAuthors(words: readonly (readonly Postings[])[], bits: Bits): void {
  const candidates = documentsOfAll(words, 32 * bits.length);
  if (words.length === 1) {
    addBits(bits, candidates);
    return;
  }

  const count = 32 * bits.length;
  const [first = [], ...others] = words;
  // Names of a document as far as the first word is in them: one behind the other in `reached`, which says how many words are used up.
  const ends = takeUint32s(count + 1);
  for (const list of first) {
    eachPlace(list, candidates, (document, place) => {
      ends[document + 1] = Math.max(ends[document + 1] ?? 0, nameOf(place) + 1);
    });
  }
  for (let document = 0; document < count; document += 1)
    ends[document + 1] = (ends[document + 1] ?? 0) + (ends[document] ?? 0);
  const size = ends[count] ?? 0;
  let reached = new Uint8Array(size).fill(notReached);
  for (const list of first) {
    eachPlace(list, candidates, (document, place) => {
      const name = (ends[document] ?? 0) + nameOf(place);
      reached[name] = Math.min(reached[name] ?? 0, (place % placesOfAName) + 1);
    });
  }
  for (const lists of others) {
    const next = new Uint8Array(size).fill(notReached);
    for (const list of lists) {
      eachPlace(list, candidates, (document, place) => {
        const name = (ends[document] ?? 0) + nameOf(place);
        const word = place % placesOfAName;
        if (name < (ends[document + 1] ?? 0) && word >= (reached[name] ?? notReached)) {
          next[name] = Math.min(next[name] ?? 0, word + 1);
        }
      });
    }
    reached = next;
  }
  for (let document = 0; document < count; document += 1) {
    for (let name = ends[document] ?? 0; name < (ends[document + 1] ?? 0); name += 1) {
      if (reached[name] !== notReached) setBit(bits, document);
    }
  }
}

const notReached = 255;

function nameOf(place: number): number {
  return Math.floor(place / placesOfAName);
}

function eachPlace(list: Postings, candidates: Bits, visit: (document: number, place: number) => void): void {
  const docs: Cursor = { bytes: list.docs, at: 0 };
  const positions: Cursor = { bytes: list.positions, at: 0 };
  let document = 0;
  while (docs.at < docs.bytes.length) {
    document += readVarint(docs);
    const { inTitle, elsewhere } = readCounts(docs);
    if (!hasBit(candidates, document)) {
      skipVarints(positions, inTitle + elsewhere);
      continue;
    }
    let place = 0;
    for (let left = inTitle + elsewhere; left > 0; left -= 1) {
      place += readVarint(positions);
      visit(document, place);
    }
  }
}
