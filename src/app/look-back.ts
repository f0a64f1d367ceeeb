import type { CommandDeps } from '../commands/deps.ts';
import type { Learned } from '../commands/learned-text.ts';
import type { Store } from '../domain/ports.ts';
import { compileSubscription } from '../match/compile.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import { noExperience } from '../match/experience.ts';
import type { Experience } from '../match/experience.ts';
import { learnedTerms } from '../match/learned-terms.ts';
import { weighProfile } from '../match/score.ts';
import { backtest } from '../pipeline/backtest.ts';
import type { Backtest, BacktestBounds } from '../pipeline/backtest.ts';
import { explain } from '../pipeline/explain.ts';
import type { Knowledge } from '../pipeline/knowledge.ts';
import type { Subscription } from '../domain/subscription.ts';
import { openKnowledge } from './open-knowledge.ts';

/** How far a preview looks back: six weeks of announcements, or two weeks of all of arXiv. */
const previewBounds: BacktestBounds = { days: 30, papers: 20_000 };

/** Terms that are told of what a subscription learned. */
const learnedNamed = 8;

export type LookBack = Pick<CommandDeps, 'explain' | 'learned'> & {
  preview(wanted: Subscription, others: readonly Subscription[], bounds?: BacktestBounds): Promise<Backtest>;
};

/** What looks back over the archive and writes nothing, on a store. */
export function createLookBack(store: Store, knowledge: Knowledge = openKnowledge(store)): LookBack {
  const deps = { store, knowledge };
  return {
    preview: (wanted, others, bounds = previewBounds) => backtest(wanted, others, bounds, deps),
    explain: (paper, subscriptions) => explain(paper, subscriptions, deps),
    learned: async (subscription) => {
      const experience = (await knowledge.experienceOf([subscription])).get(subscription.id) ?? noExperience;
      const { marks } = experience;
      const down = marks.filter(({ kind }) => kind === 'down').length;
      return {
        up: marks.length - down,
        down,
        terms: termsLearned(subscription, experience, await knowledge.frequencies()),
      };
    },
  };
}

function termsLearned(
  subscription: Subscription,
  experience: Experience,
  frequencies: DocumentFrequencies,
): Learned['terms'] {
  const read = compileSubscription(subscription, experience);
  if (!read.ok || experience.marks.length === 0) return [];
  const profile = weighProfile(read.value.terms, frequencies, experience);
  return learnedTerms(profile, learnedNamed).map(({ term, weight }) => ({ text: term, weight }));
}
