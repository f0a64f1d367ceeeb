import type { BackfillCounts, DatedPaper, PaperStore } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';

/** Papers that are saved together, and the place behind them: where an import goes on after it was interrupted there. */
export type BackfillPage = { readonly papers: readonly DatedPaper[]; readonly position: unknown };

/** Reads an import's pages. `position`: where it was when it stopped, as parsed JSON; null from the beginning. */
export type ReadPages = (position: unknown) => AsyncIterable<BackfillPage>;

export type BackfillDeps = {
  readonly store: { readonly papers: Pick<PaperStore, 'backfill' | 'importPosition' | 'forgetImport'> };
  readonly clock: Pick<Clock, 'now'>;
  /** Called after every page with the sums of this run. */
  readonly onProgress?: (counts: BackfillCounts) => void;
};

/**
 * Fills the archive from one source, and announces nothing. Every page is saved with the place behind it, so that an import that was
 * killed goes on where it was when it is run again. One that was done begins anew: it finds all as it is.
 *
 * @param source names the import, with all that says which papers it brings
 */
export async function backfill(source: string, readPages: ReadPages, deps: BackfillDeps): Promise<BackfillCounts> {
  const { store, clock, onProgress } = deps;
  let sum: BackfillCounts = { added: 0, updated: 0, skipped: 0 };
  for await (const { papers, position } of readPages(await store.papers.importPosition(source))) {
    const counts = await store.papers.backfill(papers, { source, position, nowMs: clock.now() });
    sum = {
      added: sum.added + counts.added,
      updated: sum.updated + counts.updated,
      skipped: sum.skipped + counts.skipped,
    };
    onProgress?.(sum);
  }
  await store.papers.forgetImport(source);
  return sum;
}
