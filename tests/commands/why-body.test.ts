import { describe, expect, it } from 'vitest';
import { whyBody } from '../../src/commands/why-body.ts';
import type { Subscription } from '../../src/domain/subscription.ts';
import { explainMatch } from '../../src/match/explain.ts';
import { createMatcher } from '../../src/match/matcher.ts';
import type { Explanation } from '../../src/pipeline/explain.ts';
import { announced, aSubscription, aTarget } from '../builders/domain.ts';
import { faultsOf } from '../discord/nasty.ts';
import { compiled, noFrequencies } from '../match/build.ts';

const longTitle = 'Federated learning '.repeat(20);
const abstract = Array.from({ length: 300 }, (_, index) => `found${index}`).join(' ');
const paper = announced({ id: '2505.10001', title: longTitle, abstract });

function explanation(given: Partial<Subscription>): Explanation {
  const subscription = aSubscription({ id: 'id '.repeat(500), interests: 'gossip '.repeat(200), ...given });
  const one = compiled(subscription);
  const match = explainMatch(one, paper, createMatcher([one], noFrequencies));
  const rank = match.matched ? { matched: 9, rank: 1, percentile: 0.9, verdict: 'sent' as const, spent: 0 } : null;
  const day = { date: '2025-05-23', imported: false, matchedAt: 5 };
  return { subscription, target: aTarget(), day, match, refused: null, rank, ledger: [] };
}

const many = (count: number, text: (index: number) => string) => Array.from({ length: count }, (_, at) => text(at));

describe('whyBody', () => {
  it.each<[string, Partial<Subscription>]>([
    ['an OR many times over', { query: many(250, (at) => `(a${at}|b${at})`).join(' ') }],
    ['an OR as people may type it', { query: many(70, () => '(a|b)').join(' ') }],
    ['many exclusions', { query: `learning ${many(150, (at) => `-(found${at} found${at + 1})`).join(' ')}` }],
    ['a query that holds', { query: many(200, (at) => `found${at}`).join(' OR ') }],
    [
      'many of everything',
      {
        query: many(150, (at) => `found${at} (a|b)`).join(' '),
        authors: many(100, (at) => `${'A'.repeat(100)} Hinton${at}`),
        categories: many(100, () => 'astro-ph.CO'),
      },
    ],
  ])('stays within the limits of Discord for %s', (_, given) => {
    const one = explanation(given);
    for (const explanations of [[one], many(20, () => '').map(() => one)]) {
      expect(faultsOf(whyBody({ paper: paper.paper, explanations }, 'here'))).toEqual([]);
    }
  });
});
