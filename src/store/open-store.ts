import type { Store } from '../domain/ports.ts';
import { createArxivTurnStore } from './arxiv-turns.ts';
import { createCalibrationStore } from './calibrations.ts';
import { createDayStore } from './days.ts';
import { createDeliveryStore } from './deliveries.ts';
import { createLeaseStore } from './leases.ts';
import { createMarkStore } from './marks.ts';
import { createNoticeStore } from './notices.ts';
import { defaultBusyTimeoutMs, isInMemory, openDatabase } from './open-database.ts';
import type { OpenDeps } from './open-database.ts';
import { createPaperStore } from './papers.ts';
import { createQueryStore } from './recent-queries.ts';
import { createSearchThread } from './search-thread.ts';
import { createSearches } from './searches.ts';
import { createSettingStore } from './settings.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createTargetStore } from './targets.ts';

/**
 * Opens the store in the database that `url` names; see `openDatabase`.
 *
 * Several processes may have one open: the verbs of the command line beside a running bot.
 *
 * @param deps.searchesAside true for a bot: searches have a thread of their own, and keep nothing else waiting
 * @throws AppError('database-unavailable') with one sentence that names the place and the remedy
 */
export async function openStore(url: string, deps: OpenDeps & { readonly searchesAside?: boolean }): Promise<Store> {
  const { db, kind, name } = await openDatabase(url, deps);
  // What is in memory has one connection only.
  const isAside = deps.searchesAside === true && !isInMemory(url);
  const searches = isAside
    ? createSearchThread({ url, busyTimeoutMs: deps.busyTimeoutMs ?? defaultBusyTimeoutMs })
    : null;
  return {
    papers: createPaperStore(db, searches ?? createSearches(db, name)),
    days: createDayStore(db),
    subscriptions: createSubscriptionStore(db),
    targets: createTargetStore(db),
    deliveries: createDeliveryStore(db, deps.log),
    marks: createMarkStore(db),
    calibrations: createCalibrationStore(db),
    queries: createQueryStore(db),
    settings: createSettingStore(db),
    leases: createLeaseStore(db),
    arxivTurns: createArxivTurnStore(db, kind),
    notices: createNoticeStore(db),
    close: async () => {
      await searches?.close();
      await db.destroy();
    },
  };
}
