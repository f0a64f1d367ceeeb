import type { Store } from '../domain/ports.ts';
import { createArxivTurnStore } from './arxiv-turns.ts';
import { createDayStore } from './days.ts';
import { createDeliveryStore } from './deliveries.ts';
import { createLeaseStore } from './leases.ts';
import { createMarkStore } from './marks.ts';
import { createNoticeStore } from './notices.ts';
import { openDatabase } from './open-database.ts';
import type { OpenDeps } from './open-database.ts';
import { createPaperStore } from './papers.ts';
import { createQueryStore } from './recent-queries.ts';
import { createSearches } from './searches.ts';
import { createSettingStore } from './settings.ts';
import { createSubscriptionStore } from './subscriptions.ts';
import { createTargetStore } from './targets.ts';

/**
 * Opens the store in the database that `url` names; see `openDatabase`.
 *
 * Several processes may have one open: the verbs of the command line beside a running bot.
 *
 * @throws AppError('database-unavailable') with one sentence that names the place and the remedy
 */
export async function openStore(url: string, deps: OpenDeps): Promise<Store> {
  const { db, kind, name } = await openDatabase(url, deps);
  return {
    papers: createPaperStore(db, createSearches(db, name)),
    days: createDayStore(db),
    subscriptions: createSubscriptionStore(db),
    targets: createTargetStore(db),
    deliveries: createDeliveryStore(db, deps.log),
    marks: createMarkStore(db),
    queries: createQueryStore(db),
    settings: createSettingStore(db),
    leases: createLeaseStore(db),
    arxivTurns: createArxivTurnStore(db, kind),
    notices: createNoticeStore(db),
    close: () => db.destroy(),
  };
}
