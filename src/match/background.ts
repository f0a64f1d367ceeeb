import type { DocumentFrequencies } from './document-frequencies.ts';

/**
 * Document frequencies packed into figures: a term is known by its 32-bit hash, a frequency to 5 %. So 270,000 terms take 1.3 MB in a file
 * and in memory, and reading them costs no parsing. A term that was not packed is taken for one of them once in 16,000 times.
 *
 * Layout, little endian: papers counted (uint32), terms (uint32), then the hashes ascending (uint32 each), then one byte a term: its
 * frequency on a scale of `stepsOfAnOctave` a doubling.
 */
const headBytes = 8;
const hashBytes = 4;
const stepsOfAnOctave = 14;

/** Counts of terms packed; rarer terms than the caller wants to keep are for the caller to leave out. */
export function packBackground(documentCount: number, counts: Iterable<readonly [string, number]>): Uint8Array {
  const byHash = new Map<number, number>();
  // Two terms of one hash are told apart by nothing: the commoner one counts.
  for (const [term, count] of counts) byHash.set(hashOf(term), Math.max(count, byHash.get(hashOf(term)) ?? 0));
  const packed = [...byHash].toSorted(([a], [b]) => a - b);
  const bytes = new Uint8Array(headBytes + packed.length * (hashBytes + 1));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, documentCount, true);
  view.setUint32(hashBytes, packed.length, true);
  for (const [index, [hash, count]] of packed.entries()) {
    view.setUint32(headBytes + hashBytes * index, hash, true);
    bytes[headBytes + hashBytes * packed.length + index] = Math.round(Math.log2(count) * stepsOfAnOctave);
  }
  return bytes;
}

/**
 * The frequencies of `packBackground`. Memory: the bytes themselves. Cost of a look: a binary search, a microsecond.
 * @throws Error where the bytes are cut short
 */
export function readBackground(bytes: Uint8Array): DocumentFrequencies {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const terms = bytes.length < headBytes ? 0 : view.getUint32(hashBytes, true);
  if (bytes.length < headBytes || bytes.length !== headBytes + terms * (hashBytes + 1)) {
    throw new Error(
      `The table of document frequencies has ${bytes.length} bytes, which is not what its ${terms} terms take.`,
    );
  }
  const documentCount = view.getUint32(0, true);
  return {
    documentCount,
    of(term) {
      const hash = hashOf(term);
      let low = 0;
      let high = terms;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (view.getUint32(headBytes + hashBytes * middle, true) < hash) low = middle + 1;
        else high = middle;
      }
      if (low === terms || view.getUint32(headBytes + hashBytes * low, true) !== hash) return 0;
      return Math.round(2 ** ((bytes[headBytes + hashBytes * terms + low] ?? 0) / stepsOfAnOctave));
    },
  };
}

/** The background counts as so many papers, however many it was counted from: an archive of some weeks overrules it. */
const backgroundPapers = 10_000;

/**
 * What the archive's own recent papers say, on top of what was counted elsewhere.
 *
 * The background was counted from computer science. Where the archive is of physics or mathematics, its terms are unknown there: they
 * count as rare at first, all alike, until the archive has papers of its own; words that are common to all of arXiv are known from the
 * first day.
 */
export function withBackground(background: DocumentFrequencies, archive: DocumentFrequencies): DocumentFrequencies {
  const share = background.documentCount === 0 ? 0 : Math.min(1, backgroundPapers / background.documentCount);
  return {
    documentCount: Math.round(background.documentCount * share) + archive.documentCount,
    of: (term) => background.of(term) * share + archive.of(term),
  };
}

/** FNV-1a over UTF-16 units. */
function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index++) hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
