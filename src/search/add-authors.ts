import { addBits, hasBit, setBit } from './bits.ts';
import type { Bits } from './bits.ts';
import { placesOfAName } from './build-segment.ts';
import { readVarint } from './bytes.ts';
import type { Cursor } from './bytes.ts';
import { documentsOfAll } from './found.ts';
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

  // By name, how many of its words are used up.
  let reached = new Map<number, number>();
  for (const [index, lists] of words.entries()) {
    const next = new Map<number, number>();
    for (const list of lists) {
      eachPlace(list, candidates, (document, place) => {
        // A document has fewer than 2^16 names.
        const name = document * 0x1_0000 + Math.floor(place / placesOfAName);
        const used = index === 0 ? 0 : reached.get(name);
        const word = place % placesOfAName;
        if (used !== undefined && word >= used) next.set(name, Math.min(next.get(name) ?? Infinity, word + 1));
      });
    }
    reached = next;
  }
  for (const name of reached.keys()) setBit(bits, Math.floor(name / 0x1_0000));
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
