import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import { analysePaper } from '../query/analyse.ts';
import type { AnalysedPaper } from '../query/analyse.ts';
import { matchesAuthor } from '../query/author-name.ts';
import { evaluate } from '../query/evaluate.ts';
import type { CompiledSubscription } from './compile.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { evidenceOf } from './evidence.ts';
import { interestFloor } from './interest-floor.ts';
import { kindInPattern } from './kind-in.ts';
import { paperVector } from './paper-vector.ts';
import { roundScore, scoreAlone, scorePaper, weighProfile } from './score.ts';

/** Matches papers against a fixed set of subscriptions. */
export type Matcher = {
  /**
   * The subscriptions a paper matches, best score first, then by subscription id.
   * Cost: O(subscriptions × leaves of a query × words of the paper): every subscription is evaluated.
   */
  match(paper: AnnouncedPaper): Match[];
};

/**
 * A subscription matches when its query AND its categories (any of) AND its authors (any of) AND its kinds (the paper's kind in
 * a subscribed category; without categories, any kind it was announced as) hold. Interests select only where the query is empty.
 *
 * @param frequencies what is known of how rare terms are; it decides scores and, through them, what interests alone select
 */
export function createMatcher(
  subscriptions: readonly CompiledSubscription[],
  frequencies: DocumentFrequencies,
): Matcher {
  const prepared = subscriptions.map((subscription) => ({
    subscription,
    profile: weighProfile(subscription.terms, frequencies, subscription.experience),
    floor: interestFloor(subscription.experience),
  }));
  return {
    match(announced) {
      const paper = analysePaper(announced.paper);
      const vector = paperVector(paper, frequencies);
      const matches: Match[] = [];
      for (const { subscription, profile, floor } of prepared) {
        if (!passesFilters(subscription, announced, paper)) continue;
        if (subscription.query !== null && !evaluate(subscription.query, paper)) continue;
        // Reasons are worked out only for what is selected.
        if (subscription.interestsSelect && scoreAlone(profile, vector) < floor) continue;
        const { score, parts } = scorePaper(profile, vector);
        matches.push({
          subscription: subscription.id,
          paper: announced.paper.id,
          score: roundScore(score),
          percentile: null,
          evidence: evidenceOf(subscription, announced, paper, parts),
        });
      }
      return matches.toSorted((a, b) => b.score - a.score || (a.subscription < b.subscription ? -1 : 1));
    },
  };
}

function passesFilters(subscription: CompiledSubscription, announced: AnnouncedPaper, paper: AnalysedPaper): boolean {
  const { categories, authors, kinds } = subscription;
  const kindHolds =
    categories.length === 0
      ? announced.announcements.some(({ kind }) => kinds.includes(kind))
      : categories.some(({ pattern }) => {
          const kind = kindInPattern(announced, pattern);
          return kind !== null && kinds.includes(kind);
        });
  const authorHolds =
    authors.length === 0 || authors.some(({ name }) => paper.authors.some((author) => matchesAuthor(name, author)));
  return kindHolds && authorHolds;
}
