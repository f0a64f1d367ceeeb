import type { DocumentFrequencies } from './document-frequencies.ts';
import { phraseIdf } from './inverse-document-frequency.ts';
import { termFrequency, termWeight } from './paper-vector.ts';
import type { PaperVector } from './paper-vector.ts';

/** Weights of terms by their keys. */
export type TermWeights = ReadonlyMap<string, number>;

/** Of what any paper says, this share is taken off, so that a prototype keeps what is special about its papers. */
const commonShare = 0.5;
/** 1 + ln tf of a term in a paper, on the mean over the papers that hold it. */
const meanTermWeight = 1.2;
/** More terms add nothing to the replay and take time and space. */
const mostTerms = 200;

/**
 * What papers have in common that papers at large have not: the mean of their vectors, less half of what any paper would have, the 200
 * heaviest terms of it, with norm 1. Empty for no papers. This is the centroid of Rocchio's feedback.
 *
 * Cost: O(terms of the papers), a few milliseconds for thirty.
 *
 * @param papers each with its share; shares add up to 1
 * @param leastPapers terms of fewer of them are left out
 */
export function prototypeOf(
  papers: readonly { readonly vector: PaperVector; readonly share: number }[],
  frequencies: DocumentFrequencies,
  leastPapers: number,
): TermWeights {
  const sums = new Map<string, { weight: number; papers: number; idf: number }>();
  for (const { vector, share } of papers) {
    const norm = Math.sqrt(vector.squaredNorm);
    for (const [key, counts] of vector.counts) {
      const sum = sums.get(key) ?? { weight: 0, papers: 0, idf: phraseIdf(key.split(' '), frequencies) };
      sum.weight += (share * termWeight(termFrequency(counts), sum.idf)) / norm;
      sum.papers += 1;
      sums.set(key, sum);
    }
  }
  const typicalNorm = papers[0]?.vector.typicalNorm ?? 1;
  const special: [string, number][] = [];
  for (const [key, { weight, papers: holding, idf }] of sums) {
    if (holding < leastPapers) continue;
    // exp(1 - idf) is the share of all papers that hold the term.
    const common = (Math.exp(1 - idf) * idf * meanTermWeight) / typicalNorm;
    if (weight > commonShare * common) special.push([key, weight - commonShare * common]);
  }
  const heaviest = special.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, mostTerms);
  return unit(new Map(heaviest));
}

/** The cosine of weights with norm 1 and a paper. */
export function similarity(weights: TermWeights, vector: PaperVector, frequencies: DocumentFrequencies): number {
  let sum = 0;
  for (const [key, weight] of weights) {
    const counts = vector.counts.get(key);
    if (counts !== undefined) sum += weight * termWeight(termFrequency(counts), phraseIdf(key.split(' '), frequencies));
  }
  return vector.squaredNorm === 0 ? 0 : sum / Math.sqrt(vector.squaredNorm);
}

/** The same direction with norm 1; nothing stays nothing. */
export function unit(weights: TermWeights): TermWeights {
  const norm = Math.hypot(...weights.values());
  return norm === 0 ? weights : new Map([...weights].map(([key, weight]) => [key, weight / norm]));
}

/** The sum of weights, each times its factor. */
export function sumOf(parts: readonly (readonly [factor: number, weights: TermWeights])[]): TermWeights {
  const sum = new Map<string, number>();
  for (const [factor, weights] of parts) {
    if (factor === 0) continue;
    for (const [key, weight] of weights) sum.set(key, (sum.get(key) ?? 0) + factor * weight);
  }
  return sum;
}
