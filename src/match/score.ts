import { occurrences } from '../text/phrase.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { noExperience } from './experience.ts';
import type { Experience } from './experience.ts';
import { learnTerms } from './learn.ts';
import { termFrequency, termWeight } from './paper-vector.ts';
import type { FieldCounts, PaperVector } from './paper-vector.ts';
import type { ProfileTerm } from './profile.ts';
import { weighTerms } from './weighed-term.ts';
import type { WeighedTerm } from './weighed-term.ts';

/** A profile with its terms weighed. */
export type WeighedProfile = {
  readonly terms: readonly WeighedTerm[];
  /** Those that a paper's vector counts, by key. */
  readonly counted: ReadonlyMap<string, WeighedTerm>;
  /** The others: they are looked for in the paper itself. */
  readonly others: readonly WeighedTerm[];
  readonly squaredNorm: number;
};

/** What one term in one field adds to a score; below 0 where it takes away. */
export type ScorePart = { readonly term: ProfileTerm; readonly field: 'title' | 'abstract'; readonly weight: number };

/** Relevance of a paper, 0 to 1, and the parts that add up to it, unordered. Parts that add up to less than 0 score 0. */
export type Score = { readonly score: number; readonly parts: readonly ScorePart[] };

/**
 * Weighs what a subscription says by how rare it is, and adds what experience teaches.
 * Cost: microseconds without experience; with thirty past papers and ten marks some ten milliseconds. It follows from its arguments alone,
 * so taking a mark back gives the profile of before.
 */
export function weighProfile(
  terms: readonly ProfileTerm[],
  frequencies: DocumentFrequencies,
  experience: Experience = noExperience,
): WeighedProfile {
  const weighed = learnTerms(weighTerms(terms, frequencies), frequencies, experience);
  return {
    terms: weighed,
    counted: new Map(weighed.filter(({ term }) => isCounted(term)).map((one) => [one.term.key, one])),
    others: weighed.filter(({ term }) => !isCounted(term)),
    squaredNorm: weighed.reduce((sum, { weight }) => sum + weight ** 2, 0),
  };
}

/** How much of a paper's own length counts; the rest is the length of a typical paper. Source: Singhal, Buckley & Mitra (1996). */
const slope = 0.5;

/**
 * The cosine of a profile and a paper, both as TF-IDF vectors (sublinear tf, smoothed idf, words and pairs of words, title
 * doubled), with the length of the paper pivoted: half its own, half that of a typical paper. Terms that only the profile knows, such as
 * a phrase of three words, become terms of the paper too.
 */
export function scorePaper(profile: WeighedProfile, vector: PaperVector): Score {
  const found: { term: ProfileTerm; counts: FieldCounts; product: number }[] = [];
  const { sum, norms } = eachShared(profile, vector, ({ term }, counts, product) => {
    found.push({ term, counts, product });
  });
  const parts = found.flatMap(({ term, counts, product }) =>
    (['title', 'abstract'] as const)
      .filter((field) => counts[field] > 0)
      .map((field) => {
        const inField = termFrequency({ title: 0, abstract: 0, [field]: counts[field] });
        return { term, field, weight: ((product / norms) * inField) / termFrequency(counts) };
      }),
  );
  return { score: scoreOf(sum, norms), parts };
}

/** `scorePaper` without its parts, several times faster. */
export function scoreAlone(profile: WeighedProfile, vector: PaperVector): number {
  const { sum, norms } = eachShared(profile, vector, null);
  return scoreOf(sum, norms);
}

function scoreOf(sum: number, norms: number): number {
  return sum <= 0 ? 0 : sum / norms;
}

/** Visits the terms that a profile shares with a paper; `sum` over `norms` is the cosine. */
function eachShared(
  profile: WeighedProfile,
  vector: PaperVector,
  visit: ((weighed: WeighedTerm, counts: FieldCounts, product: number) => void) | null,
): { sum: number; norms: number } {
  let sum = 0;
  let paperSquaredNorm = vector.squaredNorm;
  const add = (weighed: WeighedTerm, counts: FieldCounts): number => {
    const paperWeight = termWeight(termFrequency(counts), weighed.idf);
    if (paperWeight === 0) return 0;
    const product = weighed.weight * paperWeight;
    sum += product;
    visit?.(weighed, counts, product);
    return paperWeight;
  };
  // A profile that learnt has more terms than a paper: the fewer ask the more.
  const { counted } = profile;
  if (counted.size < vector.counts.size) {
    for (const [key, weighed] of counted) {
      const counts = vector.counts.get(key);
      if (counts !== undefined) add(weighed, counts);
    }
  } else {
    for (const [key, counts] of vector.counts) {
      const weighed = counted.get(key);
      if (weighed !== undefined) add(weighed, counts);
    }
  }
  for (const weighed of profile.others) {
    const known = vector.counts.get(weighed.term.key);
    const paperWeight = add(weighed, known ?? countTerm(weighed.term, vector));
    if (known === undefined) paperSquaredNorm += paperWeight ** 2;
  }
  return { sum, norms: normsOf(sum, profile, paperSquaredNorm, vector.typicalNorm) };
}

function normsOf(sum: number, profile: WeighedProfile, paperSquaredNorm: number, typicalNorm: number): number {
  const length = slope * Math.sqrt(paperSquaredNorm) + (1 - slope) * typicalNorm;
  // A long paper that is its own profile, and nothing else, would come out above 1.
  return Math.max(Math.sqrt(profile.squaredNorm) * length, sum);
}

/** What `scoreAlone` gives for a paper that shares only counted terms, the products of whose weights add up to `sum`. */
export function scoreOfSum(sum: number, profile: WeighedProfile, vector: PaperVector): number {
  return scoreOf(sum, normsOf(sum, profile, vector.squaredNorm, vector.typicalNorm));
}

/** Whether a paper's vector counts the term, so that a term without a count is not there. */
function isCounted({ origin, phrase }: ProfileTerm): boolean {
  return origin !== 'asked' && phrase.length < 3;
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
