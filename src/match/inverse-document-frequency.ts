import type { DocumentFrequencies } from './document-frequencies.ts';

/**
 * Inverse document frequency, smoothed so that a term in every paper still weighs a little.
 *
 * idf(t) = ln((1 + N) / (1 + df(t))) + 1, dimensionless, in [1, 1 + ln(1 + N)].
 * Source: Manning, Raghavan & Schütze (2008), §6.2.1.
 */
export function inverseDocumentFrequency(documentCount: number, documentFrequency: number): number {
  return Math.log((1 + documentCount) / (1 + documentFrequency)) + 1;
}

/**
 * The idf of a run of adjacent stems. Frequencies are known of one and two stems; a longer run is taken to be as rare as its
 * rarest pair, which it is at least.
 */
export function phraseIdf(stems: readonly string[], frequencies: DocumentFrequencies): number {
  const known = stems.length < 2 ? stems : stems.slice(1).map((stem, index) => `${stems[index] ?? ''} ${stem}`);
  const frequency = Math.min(...known.map((term) => frequencies.of(term)));
  return inverseDocumentFrequency(frequencies.documentCount, Math.min(frequency, frequencies.documentCount));
}
