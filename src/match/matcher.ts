import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import { analysePaper } from '../query/analyse.ts';
import { evaluate } from '../query/evaluate.ts';
import type { CompiledSubscription } from './compile.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { evidenceOf } from './evidence.ts';
import { passesFilters } from './filters.ts';
import { paperVector } from './paper-vector.ts';
import type { PaperVector } from './paper-vector.ts';
import { roundScore, scorePaper, weighProfile } from './score.ts';

/**
 * The least score at which interests alone select a paper.
 *
 * Chosen by looking at fourteen interests against the 21 papers of the seed listing (2026-11, frequencies of that listing, and
 * of a day of 1,200 papers): papers on the subject score 0.08 to 0.33; what merely shares words stays below (“federated
 * learning” finds other learning at 0.05, “face” the verb at 0.069, “graph neural network” other networks at 0.056).
 */
const interestFloor = 0.07;

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
    profile: weighProfile(subscription.terms, frequencies),
  }));
  return {
    match(announced) {
      const paper = analysePaper(announced.paper);
      // Most papers match nothing, and need not be weighed.
      let vector: PaperVector | null = null;
      const matches: Match[] = [];
      for (const { subscription, profile } of prepared) {
        if (!passesFilters(subscription, announced, paper)) continue;
        if (subscription.query !== null && !evaluate(subscription.query, paper)) continue;
        const { score, parts } = scorePaper(profile, (vector ??= paperVector(paper, frequencies)));
        if (subscription.interestsSelect && score < interestFloor) continue;
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
