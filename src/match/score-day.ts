import type { AnnouncedPaper } from '../domain/paper.ts';
import { analysePaper } from '../query/analyse.ts';
import type { WordPattern } from '../text/phrase.ts';
import type { CompiledSubscription } from './compile.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { kindInPattern } from './kind-in.ts';
import { paperVector } from './paper-vector.ts';
import type { PaperVector } from './paper-vector.ts';
import { roundScore, scoreAlone, weighProfile } from './score.ts';
import type { WeighedProfile } from './score.ts';
import type { Scores } from './score-window.ts';

/**
 * What the papers of a day score for each subscription: those in its categories, of its kinds, whether its query and authors select them or
 * not. In the order of the subscriptions.
 *
 * Cost: only papers that hold a term of a subscription are scored, for all others score 0: 1,000 papers for 1,000 subscriptions take
 * 0.8 s of CPU (2026-11-23).
 */
export function scoreDay(
  subscriptions: readonly CompiledSubscription[],
  papers: readonly AnnouncedPaper[],
  frequencies: DocumentFrequencies,
): readonly Scores[] {
  const vectors = papers.map(({ paper }) => paperVector(analysePaper(paper), frequencies));
  const postings = postWords(vectors);
  const inCategories = createCategoryFilter(papers);
  return subscriptions.map((subscription) => {
    const isIn = inCategories(subscription);
    const profile = weighProfile(subscription.terms, frequencies);
    const scores: number[] = [];
    for (const index of sharing(profile, postings)) {
      const vector = vectors[index];
      if (isIn[index] !== true || vector === undefined) continue;
      const score = roundScore(scoreAlone(profile, vector));
      if (score > 0) scores.push(score);
    }
    return { papers: isIn.filter(Boolean).length, scores };
  });
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

/** The papers that hold all words of a phrase of a profile, wherever they stand: a superset of those that score. */
function sharing({ terms }: WeighedProfile, postings: Postings): ReadonlySet<number> {
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
function createCategoryFilter(
  papers: readonly AnnouncedPaper[],
): (subscription: CompiledSubscription) => readonly boolean[] {
  // Thousands of subscriptions name a few dozen categories.
  const kindsIn = new Map<string, readonly (string | null)[]>();
  return ({ categories, kinds }) => {
    const wanted = new Set<string | null>(kinds);
    if (categories.length === 0) {
      return papers.map(({ announcements }) => announcements.some(({ kind }) => wanted.has(kind)));
    }
    const known = categories.map(({ text, pattern }) => {
      const found = kindsIn.get(text) ?? papers.map((paper) => kindInPattern(paper, pattern));
      kindsIn.set(text, found);
      return found;
    });
    return papers.map((_, index) => known.some((found) => wanted.has(found[index] ?? null)));
  };
}
