import { analysePaper } from '../query/analyse.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import type { MarkedPaper } from '../domain/mark.ts';
import type { Experience, KnownPaper, RelatedTerm } from './experience.ts';
import { phraseIdf } from './inverse-document-frequency.ts';
import { paperVector } from './paper-vector.ts';
import type { PaperVector } from './paper-vector.ts';
import { stemsOf } from './profile.ts';
import type { ProfileTerm } from './profile.ts';
import { prototypeOf, similarity, sumOf, unit } from './prototype.ts';
import type { TermWeights } from './prototype.ts';
import { weighTerms } from './weighed-term.ts';
import type { WeighedTerm } from './weighed-term.ts';
import { wordsOfTerms } from './words-of-term.ts';

/** With so many 👍 they weigh as much as what the subscriber wrote. */
const marksOfHalf = 4;
/** 👎 weigh so much of what as many 👍 would. */
const downShare = 0.5;
/** The nearest past papers that a profile learns from. */
const papersLearntFrom = 30;
/** Related terms weigh as much as the rest at first, and half of it with so many 👍. */
const marksOfHalfRelated = 4;
/** More cost more, and find hardly any others. */
const termsSearched = 25;
/** A term of a single past paper says more of that paper than of the subject. */
const leastRelated = 2;

/** Papers that people marked, and such of the past as are likely to be on the subject, in any order. */
export type Past = { readonly marks: readonly MarkedPaper[]; readonly past: readonly KnownPaper[] };

/**
 * What a subscriber said, with what 👍 and 👎 teach (Rocchio's feedback: the more marks, the less the words count) and what the nearest
 * past papers have in common (pseudo-relevance feedback: it, too, fades with marks). Without experience nothing changes but the scale.
 *
 * Terms that were said never weigh less than nothing: 👎 cannot turn a subscription against itself. The replay chose the constants.
 * Source: Manning, Raghavan & Schütze (2008), §9.1.
 *
 * @returns terms that were said first, in their order, then others, heaviest first
 */
export function learnTerms(
  said: readonly WeighedTerm[],
  frequencies: DocumentFrequencies,
  experience: Experience,
): readonly WeighedTerm[] {
  if (experience.marks.length === 0 && experience.related.length === 0) return said;
  const { ups, downs, marked } = markedProfile(said, frequencies, experience.marks);
  const relatedWeight = marksOfHalfRelated / (marksOfHalfRelated + ups.length);
  const related = new Map(experience.related.map(({ key, weight }) => [key, weight]));
  const saidByKey = new Map(said.map((weighed) => [weighed.term.key, weighed]));
  const others: WeighedTerm[] = [];
  const kept = new Map<string, number>();
  const all = unit(
    sumOf([
      [1, marked],
      [relatedWeight, related],
    ]),
  );
  const words = new Map([
    ...experience.related.map(({ key, text }) => [key, text] as const),
    ...wordsOfTerms(
      new Set(all.keys()),
      [...ups, ...downs].map(({ paper }) => paper),
    ),
  ]);
  for (const [key, weight] of all) {
    if (saidByKey.has(key)) kept.set(key, Math.max(0, weight));
    else others.push(unsaid(key, weight, marked.has(key) ? 'learned' : 'related', words.get(key) ?? key, frequencies));
  }
  return [
    ...said.map((weighed) => ({ ...weighed, weight: kept.get(weighed.term.key) ?? 0 })),
    ...others.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.term.key < b.term.key ? -1 : 1)),
  ];
}

/**
 * Of past papers the thirty that a subscription's words and marks are nearest to, nearest first: keep them, add a day's best matches, and
 * ask again.
 */
export function nearestPast(
  terms: readonly ProfileTerm[],
  frequencies: DocumentFrequencies,
  { marks, past }: Past,
): readonly KnownPaper[] {
  const { marked } = markedProfile(weighTerms(terms, frequencies), frequencies, marks);
  return nearest(marked, past, frequencies).map(({ known }) => known);
}

/**
 * What the thirty of these past papers have in common that a subscription's words and marks are nearest to: for `Experience.related`.
 * Cost: that of cutting the papers into words, some 20 ms for sixty.
 */
export function relatedTerms(
  terms: readonly ProfileTerm[],
  frequencies: DocumentFrequencies,
  { marks, past }: Past,
): readonly RelatedTerm[] {
  const { marked } = markedProfile(weighTerms(terms, frequencies), frequencies, marks);
  const found = nearest(marked, past, frequencies);
  const related = prototypeOf(found, frequencies, leastRelated);
  const words = wordsOfTerms(
    new Set(related.keys()),
    found.map(({ vector }) => vector.paper),
  );
  return [...related].map(([key, weight]) => ({ key, text: words.get(key) ?? key, weight }));
}

/** What to look for past papers by: the heaviest stems and pairs of what was written and marked, heaviest first. */
export function searchedTerms(
  terms: readonly ProfileTerm[],
  frequencies: DocumentFrequencies,
  marks: readonly MarkedPaper[],
): readonly { readonly stems: readonly string[]; readonly weight: number }[] {
  const said = weighTerms(terms, frequencies);
  const { marked } = markedProfile(said, frequencies, marks);
  const phraseOf = new Map(terms.map(({ key, phrase }) => [key, phrase]));
  return [...marked]
    .filter(([, weight]) => weight > 0)
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, termsSearched)
    .map(([key, weight]) => {
      const phrase = phraseOf.get(key);
      return { stems: phrase === undefined ? key.split(' ') : stemsOf(phrase), weight };
    });
}

/** Words and marks as one direction, with the vectors of the marks. */
function markedProfile(
  said: readonly WeighedTerm[],
  frequencies: DocumentFrequencies,
  marks: readonly MarkedPaper[],
): { ups: readonly PaperVector[]; downs: readonly PaperVector[]; marked: TermWeights } {
  // Several people may mark one paper, and one person may save what another dislikes.
  const liked = new Map<string, KnownPaper>();
  const disliked = new Map<string, KnownPaper>();
  for (const { paper, kind } of marks) (kind === 'down' ? disliked : liked).set(paper.id, paper);
  const ups = [...liked.values()].map((paper) => vectorOf(paper, frequencies));
  const downs = [...disliked.values()].map((paper) => vectorOf(paper, frequencies));
  const words = unit(new Map(said.map(({ term, weight }) => [term.key, weight])));
  const upWeight = words.size === 0 ? 1 : ups.length / (ups.length + marksOfHalf);
  const downWeight = (downShare * downs.length) / (downs.length + marksOfHalf);
  const marked = unit(
    sumOf([
      [1 - upWeight, words],
      [upWeight, prototypeOf(evenly(ups), frequencies, 1)],
      [-downWeight, prototypeOf(evenly(downs), frequencies, 1)],
    ]),
  );
  return { ups, downs, marked };
}

function vectorOf(paper: KnownPaper, frequencies: DocumentFrequencies): PaperVector {
  return paperVector(analysePaper({ ...paper, comments: null }), frequencies);
}

function evenly(vectors: readonly PaperVector[]): { vector: PaperVector; share: number }[] {
  return vectors.map((vector) => ({ vector, share: 1 / vectors.length }));
}

/** The past papers nearest to a profile, the nearer the greater their share. */
function nearest(
  profile: TermWeights,
  past: readonly KnownPaper[],
  frequencies: DocumentFrequencies,
): { known: KnownPaper; vector: PaperVector; share: number }[] {
  const scored = past
    .map((known) => ({ known, vector: vectorOf(known, frequencies) }))
    .map((one) => ({ ...one, score: similarity(profile, one.vector, frequencies) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.vector.paper.id < b.vector.paper.id ? -1 : 1))
    .slice(0, papersLearntFrom);
  const sum = scored.reduce((total, { score }) => total + score, 0);
  return scored.map(({ known, vector, score }) => ({ known, vector, share: score / sum }));
}

/** A term that nobody wrote, in the words of a paper that has it. */
function unsaid(
  key: string,
  weight: number,
  origin: 'learned' | 'related',
  text: string,
  frequencies: DocumentFrequencies,
): WeighedTerm {
  const stems = key.split(' ');
  const phrase = stems.map((stem) => ({ by: 'stem' as const, stem }));
  const term: ProfileTerm = { key, text, phrase, field: null, count: 1, asked: false, origin };
  return { term, idf: phraseIdf(stems, frequencies), weight };
}
