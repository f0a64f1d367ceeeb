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
 * Adds what a word or phrase gives to documents: idf · f · (k1 + 1) / (f + norm).
 *
 * @param weights f: how often, an occurrence in a title counted twice; by document, as `scores` and `norms`
 */
export function addScores(scores: Float64Array, weights: Uint16Array, norms: Float64Array, idf: number): void {
  for (let index = 0; index < weights.length; index += 1) {
    const frequency = weights[index] ?? 0;
    scores[index] = (scores[index] ?? 0) + (idf * (frequency * (k1 + 1))) / (frequency + (norms[index] ?? 0));
  }
}
