import { describe, expect, it } from 'vitest';
import { fateText } from '../../src/commands/fate-text.ts';
import type { StoredSubscription } from '../../src/domain/subscription.ts';
import { explainMatch } from '../../src/match/explain.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import type { DayRank } from '../../src/pipeline/explain.ts';
import { announced, aSubscription, aTarget } from '../builders/domain.ts';
import { compiled, noFrequencies } from '../match/build.ts';

/** What is said of a paper that matched, and was not posted. */
function leftOut(given: Partial<StoredSubscription>, ranked: Partial<DayRank>): string {
  const subscription = aSubscription({ id: 's', query: 'study', ...given });
  const one = compiled(subscription);
  const match = explainMatch(one, announced({ id: '2505.10001' }), createMatcher([one], noFrequencies));
  const rank: DayRank = { matched: 9, rank: 2, percentile: null, verdict: 'sent', spent: 0, ...ranked };
  const day = { date: '2025-05-23', imported: false, matchedAt: 5 };
  return fateText({ subscription, target: aTarget(), day, match, refused: null, rank, ledger: [] }, 'here');
}

describe('fateText', () => {
  it.each<[Partial<StoredSubscription>, Partial<DayRank>, string]>([
    [
      { perDay: 1 },
      { verdict: 'budget' },
      'as number 2 of 9 that day, but this subscription takes about 1 paper a day',
    ],
    [{ perDay: 5 }, { verdict: 'budget' }, 'takes about 5 papers a day, and the most relevant ones were others.'],
    [{ maxPapers: 1 }, { spent: 1 }, '1 paper of that day had been taken already, and this subscription takes 1.'],
    [{ maxPapers: 1 }, { verdict: 'cap' }, 'but was number 2 of 9 that day, and this subscription takes 1.'],
    [
      { minScore: 0.955 },
      { verdict: 'score', percentile: 0.9539 },
      'more relevant than only 95.3 % of recent papers, and this subscription asks for 95.5 %.',
    ],
    [
      { minScore: 0.29 },
      { verdict: 'score', percentile: 0.2 },
      'than only 20 % of recent papers, and this subscription asks for 29 %',
    ],
  ])('says for %j why a paper that ranked %j was left out', (given, ranked, said) => {
    expect(leftOut(given, ranked)).toContain(said);
  });
});
