import type { DocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { termFrequency, termWeight } from '../../src/match/paper-vector.ts';
import type { PaperVector } from '../../src/match/paper-vector.ts';
import { profileTerms } from '../../src/match/profile.ts';
import { weighTerms } from '../../src/match/weighed-term.ts';

const noFrequencies: DocumentFrequencies = { documentCount: 0, of: () => 0 };

/**
 * The baseline: the cosine of interests and papers as TF-IDF vectors (sublinear tf, Porter's stems, words and pairs of words, the title
 * double), and nothing learnt. Returns what scores a paper, 0 to 1.
 */
export function plainTfIdf(interests: string): (vector: PaperVector, frequencies: DocumentFrequencies) => number {
  const terms = profileTerms(null, interests);
  let weighed = weighTerms(terms, noFrequencies);
  let weighedBy = noFrequencies;
  return (vector, frequencies) => {
    if (weighedBy !== frequencies) {
      weighed = weighTerms(terms, frequencies);
      weighedBy = frequencies;
    }
    const norm = Math.hypot(...weighed.map(({ weight }) => weight)) * Math.sqrt(vector.squaredNorm);
    let sum = 0;
    for (const { term, idf, weight } of weighed) {
      const counts = vector.counts.get(term.key);
      if (counts !== undefined) sum += weight * termWeight(termFrequency(counts), idf);
    }
    return norm === 0 ? 0 : Math.min(1, sum / norm);
  };
}
