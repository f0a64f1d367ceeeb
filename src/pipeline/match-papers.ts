import type { MarkedPaper } from '../domain/mark.ts';
import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import type { QueryError } from '../domain/search.ts';
import type { Subscription } from '../domain/subscription.ts';
import { compileSubscription } from '../match/compile.ts';
import type { CompiledSubscription } from '../match/compile.ts';
import { countDocumentFrequencies } from '../match/document-frequencies.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import { createMatcher } from '../match/matcher.ts';
import type { Matcher } from '../match/matcher.ts';

/** A subscription that cannot be matched because its query cannot be read. */
export type RefusedSubscription = { readonly subscription: string; readonly error: QueryError };

/** Subscriptions read once, for any number of papers. */
export type PreparedMatcher = {
  readonly matcher: Matcher;
  /** Those that can be read, by id. */
  readonly compiled: ReadonlyMap<string, CompiledSubscription>;
  readonly refused: readonly RefusedSubscription[];
};

/** @param marks what people said of papers, by subscription */
export function prepareMatcher(
  subscriptions: readonly Subscription[],
  frequencies: DocumentFrequencies,
  marks: ReadonlyMap<string, readonly MarkedPaper[]> = new Map(),
): PreparedMatcher {
  const compiled = new Map<string, CompiledSubscription>();
  const refused: RefusedSubscription[] = [];
  for (const subscription of subscriptions) {
    const result = compileSubscription(subscription, { marks: marks.get(subscription.id) ?? [], past: [] });
    if (result.ok) compiled.set(subscription.id, result.value);
    else refused.push({ subscription: subscription.id, error: result.error });
  }
  return { matcher: createMatcher([...compiled.values()], frequencies), compiled, refused };
}

/** What came of it, and what it was read and weighed by, for whoever judges these scores. */
export type MatchedPapers = {
  readonly matches: readonly Match[];
  readonly refused: readonly RefusedSubscription[];
  /** The others, in their order. */
  readonly compiled: readonly CompiledSubscription[];
  readonly frequencies: DocumentFrequencies;
};

/**
 * Matches papers against subscriptions, in the order of the papers.
 *
 * @param marks what people said of papers, by subscription
 * @param background the papers that tell how common a term is, besides `papers` themselves: lately announced ones of the archive
 */
export function matchPapers(
  papers: readonly AnnouncedPaper[],
  subscriptions: readonly Subscription[],
  background: readonly AnnouncedPaper[] = [],
  marks: ReadonlyMap<string, readonly MarkedPaper[]> = new Map(),
): MatchedPapers {
  const byId = new Map([...background, ...papers].map(({ paper }) => [paper.id, paper]));
  const frequencies = countDocumentFrequencies(byId.values());
  const { matcher, compiled, refused } = prepareMatcher(subscriptions, frequencies, marks);
  return {
    matches: papers.flatMap((paper) => matcher.match(paper)),
    refused,
    compiled: [...compiled.values()],
    frequencies,
  };
}
