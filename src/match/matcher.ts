import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import { analysePaper } from '../query/analyse.ts';
import type { CompiledSubscription } from './compile.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { evidenceOf } from './evidence.ts';
import { interestFloor } from './interest-floor.ts';
import { paperVector } from './paper-vector.ts';
import { roundScore, scoreAlone, scorePaper, weighProfile } from './score.ts';
import type { WeighedProfile } from './score.ts';
import { createSubscriptionIndex } from './subscription-index.ts';

/** Matches papers against a fixed set of subscriptions. */
export type Matcher = {
  /**
   * The subscriptions a paper matches, best score first, then by subscription id.
   * Cost: O(words of the paper) to find them, however many subscriptions there are, and some ten microseconds for each that is found.
   */
  match(announced: AnnouncedPaper): Match[];
};

/** A subscription of the index; its profile is weighed when its first paper comes. */
type Listed = { readonly subscription: CompiledSubscription; profile: WeighedProfile | null };

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
  const index = createSubscriptionIndex();
  /** By their numbers in the index. */
  const listed: Listed[] = [];
  for (const subscription of subscriptions) listed[index.add(subscription)] = { subscription, profile: null };

  return { match };

  function match(announced: AnnouncedPaper): Match[] {
    const found = index.match(announced);
    if (found.length === 0) return [];
    const paper = analysePaper(announced.paper);
    const vector = paperVector(paper, frequencies);
    const matches: Match[] = [];
    for (const number of found) {
      const one = listed[number];
      if (one === undefined) continue;
      const { subscription } = one;
      one.profile ??= weighProfile(subscription.terms, frequencies, subscription.experience);
      // Reasons are worked out only for what is selected.
      if (subscription.interestsSelect && scoreAlone(one.profile, vector) < interestFloor(subscription.experience))
        continue;
      const { score, parts } = scorePaper(one.profile, vector);
      matches.push({
        subscription: subscription.id,
        paper: announced.paper.id,
        score: roundScore(score),
        percentile: null,
        evidence: evidenceOf(subscription, announced, paper, parts),
      });
    }
    return matches.toSorted((a, b) => b.score - a.score || (a.subscription < b.subscription ? -1 : 1));
  }
}
