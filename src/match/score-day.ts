import type { AnnouncedPaper } from '../domain/paper.ts';
import { analysePaper } from '../query/analyse.ts';
import type { WordPattern } from '../text/phrase.ts';
import type { CompiledSubscription } from './compile.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { kindHolds } from './filters.ts';
import { phraseIdf } from './inverse-document-frequency.ts';
import { paperVector, termFrequency, termWeight } from './paper-vector.ts';
import type { PaperVector } from './paper-vector.ts';
import { roundScore, scoreAlone, scoreOfSum, weighProfile } from './score.ts';
import type { WeighedProfile } from './score.ts';
import type { Scores } from './score-window.ts';

/** Papers cut into words, or subscriptions, between two rests: some ten milliseconds. */
const atOnce = 20;

/**
 * What the papers of a day score for each subscription: those in its categories, of its kinds, whether its query and authors select them or
 * not. In the order of the subscriptions.
 *
 * Cost: only papers that hold a term of a subscription are visited, term by term, for all others score 0.
 *
 * @param rest resolves once whoever else has something to do had their turn
 */
export async function scoreDay(
  subscriptions: readonly CompiledSubscription[],
  papers: readonly AnnouncedPaper[],
  frequencies: DocumentFrequencies,
  rest: () => Promise<void>,
): Promise<readonly Scores[]> {
  if (subscriptions.length === 0) return [];
  const vectors: PaperVector[] = [];
  for (const [index, { paper }] of papers.entries()) {
    if (index % atOnce === 0) await rest();
    vectors.push(paperVector(analysePaper(paper), frequencies));
  }
  const weights = postWeights(vectors, frequencies);
  await rest();
  const postings = postWords(vectors);
  const inCategories = createKindFilter(papers);
  const scored: Scores[] = [];
  for (const [number, subscription] of subscriptions.entries()) {
    if (number % atOnce === 0) await rest();
    const isIn = inCategories(subscription);
    const profile = weighProfile(subscription.terms, frequencies, subscription.experience);
    const sums = sumCounted(profile, weights, vectors.length);
    const withOthers = sharing(profile.others, postings);
    const scores: number[] = [];
    for (const [index, vector] of vectors.entries()) {
      if (isIn[index] !== true) continue;
      const score = withOthers.has(index) ? scoreAlone(profile, vector) : scoreOfSum(sums[index] ?? 0, profile, vector);
      if (roundScore(score) > 0) scores.push(roundScore(score));
    }
    scored.push({ papers: isIn.filter(Boolean).length, scores });
  }
  return scored;
}

/** The papers that count a term, by their indexes, and what it weighs in each. */
type TermPapers = { readonly idf: number; readonly papers: number[]; readonly weights: number[] };

function postWeights(
  vectors: readonly PaperVector[],
  frequencies: DocumentFrequencies,
): ReadonlyMap<string, TermPapers> {
  const posted = new Map<string, TermPapers>();
  for (const [index, { counts }] of vectors.entries()) {
    for (const [key, inFields] of counts) {
      const known = posted.get(key) ?? { idf: phraseIdf(key.split(' '), frequencies), papers: [], weights: [] };
      known.papers.push(index);
      known.weights.push(termWeight(termFrequency(inFields), known.idf));
      posted.set(key, known);
    }
  }
  return posted;
}

/** For every paper the sum over the counted terms of a profile. Written plainly: a profile that learnt has hundreds of them. */
function sumCounted(
  { counted }: WeighedProfile,
  posted: ReadonlyMap<string, TermPapers>,
  papers: number,
): Float64Array {
  const sums = new Float64Array(papers);
  for (const [key, { weight }] of counted) {
    const known = posted.get(key);
    if (known === undefined || weight === 0) continue;
    for (let place = 0; place < known.papers.length; place += 1) {
      const paper = known.papers[place] ?? 0;
      sums[paper] = (sums[paper] ?? 0) + weight * (known.weights[place] ?? 0);
    }
  }
  return sums;
}

/** In which papers each word stands, by their indexes, ascending. */
type Postings = { readonly stems: ReadonlyMap<string, readonly number[]>; readonly folded: Words };

/** `sorted`: the words, in the order of their characters, for prefixes. */
type Words = { readonly byWord: ReadonlyMap<string, readonly number[]>; readonly sorted: readonly string[] };

function postWords(vectors: readonly PaperVector[]): Postings {
  const stems = new Map<string, number[]>();
  const byWord = new Map<string, number[]>();
  for (const [index, { paper }] of vectors.entries()) {
    for (const field of ['title', 'abstract'] as const) {
      for (const token of paper.tokens[field]) {
        post(stems, token.stem, index);
        post(byWord, token.folded, index);
      }
    }
  }
  return { stems, folded: { byWord, sorted: [...byWord.keys()].toSorted() } };
}

function post(postings: Map<string, number[]>, word: string, index: number): void {
  const known = postings.get(word);
  if (known === undefined) postings.set(word, [index]);
  else if (known.at(-1) !== index) known.push(index);
}

/** The papers that hold all words of any of these terms, wherever they stand: a superset of those that have one. */
function sharing(terms: WeighedProfile['others'], postings: Postings): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { term } of terms) {
    const all = term.phrase.map((word) => holding(word, postings)).reduce(inBoth);
    for (const index of all) found.add(index);
  }
  return found;
}

function holding(word: WordPattern, { stems, folded }: Postings): readonly number[] {
  switch (word.by) {
    case 'stem':
      return stems.get(word.stem) ?? [];
    case 'exact':
      return folded.byWord.get(word.folded) ?? [];
    default:
      return beginning(word.prefix, folded);
  }
}

/** What two ascending lists share, ascending. */
function inBoth(some: readonly number[], others: readonly number[]): readonly number[] {
  let at = 0;
  return some.filter((index) => {
    while ((others[at] ?? index) < index) at += 1;
    return others[at] === index;
  });
}

function beginning(prefix: string, { byWord, sorted }: Words): readonly number[] {
  let first = 0;
  for (let last = sorted.length; first < last;) {
    const middle = (first + last) >> 1;
    if ((sorted[middle] ?? '') < prefix) first = middle + 1;
    else last = middle;
  }
  const found = new Set<number>();
  for (let at = first; sorted[at]?.startsWith(prefix) === true; at += 1) {
    for (const index of byWord.get(sorted[at] ?? '') ?? []) found.add(index);
  }
  return [...found].toSorted((a, b) => a - b);
}

/** For each of the papers whether it is in a subscription's categories, and of a kind that it takes there. */
function createKindFilter(
  papers: readonly AnnouncedPaper[],
): (subscription: CompiledSubscription) => readonly boolean[] {
  // Thousands of subscriptions name a few dozen lists of categories.
  const known = new Map<string, readonly boolean[]>();
  return (subscription) => {
    const key = JSON.stringify([subscription.kinds, subscription.categories.map(({ text }) => text)]);
    const holds = known.get(key) ?? papers.map((paper) => kindHolds(subscription, paper));
    known.set(key, holds);
    return holds;
  };
}
