import type { Paper } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { Subscription } from '../domain/subscription.ts';
import { matchPapers } from './match-papers.ts';

/** Papers looked back at: enough for the latest day of a large archive, and a background for the scores. */
const recentPapers = 2_000;

export type Preview = {
  /** ISO date of the latest listing; null where nothing was read yet. */
  readonly date: string | null;
  /** Best first, at most the subscription's `maxPapers`. */
  readonly matches: readonly { readonly paper: Paper; readonly score: number }[];
};

/** What the latest listing would have brought to a subscription. Writes nothing; the functions are those of the morning round. */
export async function previewSubscription(
  subscription: Subscription,
  deps: { readonly store: Pick<Store, 'papers'> },
): Promise<Preview> {
  const recent = await deps.store.papers.recent(recentPapers);
  const date = recent[0]?.date ?? null;
  const latest = recent.filter((announced) => announced.date === date);
  const byId = new Map(latest.map(({ paper }) => [paper.id, paper]));
  const { matches } = matchPapers(latest, [subscription], recent);
  return {
    date,
    matches: matches
      .toSorted((a, b) => b.score - a.score)
      .slice(0, subscription.maxPapers)
      .flatMap(({ paper: id, score }) => {
        const paper = byId.get(id);
        return paper ? [{ paper, score }] : [];
      }),
  };
}
