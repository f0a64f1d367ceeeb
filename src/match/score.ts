import { occurrences } from '../text/phrase.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { phraseIdf } from './inverse-document-frequency.ts';
import { termFrequency, termWeight } from './paper-vector.ts';
import type { FieldCounts, PaperVector } from './paper-vector.ts';
import { stemsOf } from './profile.ts';
import type { ProfileTerm } from './profile.ts';

/** A profile with its terms weighed by how rare they are. */
export type WeighedProfile = {
  readonly terms: readonly { readonly term: ProfileTerm; readonly idf: number; readonly weight: number }[];
  readonly squaredNorm: number;
};

/** What one term in one field adds to a score. */
export type ScorePart = { readonly term: ProfileTerm; readonly field: 'title' | 'abstract'; readonly weight: number };

/** Relevance of a paper, 0 to 1, and the parts that add up to it, unordered. */
export type Score = { readonly score: number; readonly parts: readonly ScorePart[] };

export function weighProfile(terms: readonly ProfileTerm[], frequencies: DocumentFrequencies): WeighedProfile {
  const weighed = terms.map((term) => {
    const idf = phraseIdf(stemsOf(term.phrase), frequencies);
    return { term, idf, weight: termWeight(term.count, idf) };
  });
  return { terms: weighed, squaredNorm: weighed.reduce((sum, { weight }) => sum + weight ** 2, 0) };
}

/**
 * The cosine of a profile and a paper, both as TF-IDF vectors (sublinear tf, smoothed idf, words and pairs of words, title
 * doubled). Terms that only the profile knows, such as a phrase of three words, become terms of the paper too, so that the
 * score never exceeds 1.
 */
export function scorePaper(profile: WeighedProfile, vector: PaperVector): Score {
  const found: { term: ProfileTerm; counts: FieldCounts; product: number }[] = [];
  let paperSquaredNorm = vector.squaredNorm;
  for (const { term, idf, weight } of profile.terms) {
    const known = vector.counts.get(term.key);
    const counts = known ?? countTerm(term, vector);
    const paperWeight = termWeight(termFrequency(counts), idf);
    if (paperWeight === 0) continue;
    if (known === undefined) paperSquaredNorm += paperWeight ** 2;
    found.push({ term, counts, product: weight * paperWeight });
  }
  const norms = Math.sqrt(profile.squaredNorm * paperSquaredNorm);
  const parts = found.flatMap(({ term, counts, product }) =>
    (['title', 'abstract'] as const)
      .filter((field) => counts[field] > 0)
      .map((field) => {
        const inField = termFrequency({ title: 0, abstract: 0, [field]: counts[field] });
        return { term, field, weight: ((product / norms) * inField) / termFrequency(counts) };
      }),
  );
  // Rounding errors may add up to a hair above 1 for a paper that is its own profile.
  const score = Math.min(
    1,
    parts.reduce((sum, { weight }) => sum + weight, 0),
  );
  return { score, parts };
}

/** Counts what is no word or pair of the vector: longer phrases, prefixes, acronyms, fields, words without a topic. */
function countTerm(term: ProfileTerm, { paper }: PaperVector): FieldCounts {
  const count = (field: 'title' | 'abstract'): number =>
    term.field === null || term.field === field ? occurrences(paper.tokens[field], term.phrase).length : 0;
  return { title: count('title'), abstract: count('abstract') };
}

/** Four decimals: more would be noise in a file, fewer would tie papers that differ. */
export function roundScore(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
