import { setImmediate as immediate } from 'node:timers/promises';
import type { CommandDeps } from '../commands/deps.ts';
import type { Store } from '../domain/ports.ts';
import { countDocumentFrequencies } from '../match/document-frequencies.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import { backtest } from '../pipeline/backtest.ts';
import type { Backtest, BacktestBounds } from '../pipeline/backtest.ts';
import { explain } from '../pipeline/explain.ts';
import type { Subscription } from '../domain/subscription.ts';

/** How far a preview looks back: six weeks of announcements, or two weeks of all of arXiv. */
const previewBounds: BacktestBounds = { days: 30, papers: 20_000 };

/** Papers that tell how common a term is, as many as the morning round takes. */
const backgroundPapers = 2_000;

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
    learned: async ({ id }) => {
      const marks = (await store.marks.of([id])).get(id) ?? [];
      const down = marks.filter(({ kind }) => kind === 'down').length;
      return { up: marks.length - down, down, terms: [] };
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
