import { setImmediate as immediate } from 'node:timers/promises';
import type { CommandDeps } from '../commands/deps.ts';
import type { Learned } from '../commands/learned-text.ts';
import type { MarkedPaper } from '../domain/mark.ts';
import type { Store } from '../domain/ports.ts';
import { compileSubscription } from '../match/compile.ts';
import { countDocumentFrequencies } from '../match/document-frequencies.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import { learnedTerms } from '../match/learned-terms.ts';
import { weighProfile } from '../match/score.ts';
import { backtest } from '../pipeline/backtest.ts';
import type { Backtest, BacktestBounds } from '../pipeline/backtest.ts';
import { explain } from '../pipeline/explain.ts';
import type { Subscription } from '../domain/subscription.ts';

/** How far a preview looks back: six weeks of announcements, or two weeks of all of arXiv. */
const previewBounds: BacktestBounds = { days: 30, papers: 20_000 };

/** Papers that tell how common a term is, as many as the morning round takes. */
const backgroundPapers = 2_000;

/** Terms that are told of what a subscription learned. */
const learnedNamed = 8;

export type LookBack = Pick<CommandDeps, 'explain' | 'learned'> & {
  preview(wanted: Subscription, others: readonly Subscription[], bounds?: BacktestBounds): Promise<Backtest>;
};

/** What looks back over the archive and writes nothing, on a store. */
export function createLookBack(store: Store): LookBack {
  const deps = {
    store,
    // Timers, sockets and whoever else waits come first.
    rest: () => immediate(),
    frequencies: frequenciesOf(store),
  };
  return {
    preview: (wanted, others, bounds = previewBounds) => backtest(wanted, others, bounds, deps),
    explain: (paper, subscriptions) => explain(paper, subscriptions, deps),
    learned: async (subscription) => {
      const marks = (await store.marks.of([subscription.id])).get(subscription.id) ?? [];
      const down = marks.filter(({ kind }) => kind === 'down').length;
      return { up: marks.length - down, down, terms: termsLearned(subscription, marks, await deps.frequencies()) };
    },
  };
}

/** Counted once a day of announcements: it takes half a second. */
function frequenciesOf({ papers }: Store): () => Promise<DocumentFrequencies> {
  let counted: { readonly day: string | null; readonly frequencies: DocumentFrequencies } | null = null;
  return async () => {
    const day = await papers.latestDay(null);
    if (counted?.day !== day || counted === null) {
      const background = await papers.recent(backgroundPapers);
      counted = { day, frequencies: countDocumentFrequencies(background.map(({ paper }) => paper)) };
    }
    return counted.frequencies;
  };
}

function termsLearned(
  subscription: Subscription,
  marks: readonly MarkedPaper[],
  frequencies: DocumentFrequencies,
): Learned['terms'] {
  const experience = { marks, past: [] };
  const read = compileSubscription(subscription, experience);
  if (!read.ok || marks.length === 0) return [];
  const profile = weighProfile(read.value.terms, frequencies, experience);
  return learnedTerms(profile, learnedNamed).map(({ term, weight }) => ({ text: term, weight }));
}
