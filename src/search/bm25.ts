import type { Bits } from './bits.ts';
import type { Hits } from './hits.ts';

const k1 = 1.2;
const b = 0.75;
/** What a word in half of the papers or more counts, of which BM25 would say that it speaks against a paper. */
const leastIdf = 1e-6;

/**
 * Inverse document frequency of BM25: ln((N - n + 0.5) / (n + 0.5)), at least 0.000001.
 * Source: https://www.sqlite.org/fts5.html#the_bm25_function
 *
 * @param documentCount N, of the whole index
 * @param documentFrequency n, in how many of them it is
 */
export function inverseDocumentFrequency(documentCount: number, documentFrequency: number): number {
  const idf = Math.log((documentCount - documentFrequency + 0.5) / (documentFrequency + 0.5));
  return idf <= 0 ? leastIdf : idf;
}

/**
 * k1 · (1 - b + b · |D| / average) for every length |D| of a document, in words: what its occurrences are set against.
 */
export function lengthNorms(longest: number, averageLength: number): Float64Array {
  return Float64Array.from({ length: longest + 1 }, (_, length) => k1 * (1 - b + (b * length) / averageLength));
}

/**
 * Adds what a word or phrase gives to documents that match: idf · f · (k1 + 1) / (f + norm).
 *
 * @param hits f: how often, an occurrence in a title counted twice
 */
export function addScores(
  scores: Float64Array,
  { documents, weights }: Hits,
  { idf, norms, lengths, matched }: { idf: number; norms: Float64Array; lengths: Uint16Array; matched: Bits },
): void {
  for (let index = 0; index < documents.length; index += 1) {
    const document = documents[index] ?? 0;
    if ((((matched[document >>> 5] ?? 0) >>> (document & 31)) & 1) === 0) continue;
    const frequency = weights[index] ?? 0;
    const norm = norms[lengths[document] ?? 0] ?? 0;
    scores[document] = (scores[document] ?? 0) + (idf * (frequency * (k1 + 1))) / (frequency + norm);
  }
}
