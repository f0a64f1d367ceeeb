import type { DayState } from '../domain/day.ts';
import { countKinds } from '../domain/listing.ts';
import type { Listing } from '../domain/listing.ts';
import type { Store } from '../domain/ports.ts';
import { AppError } from '../lib/errors.ts';
import { matchListing } from './match-listing.ts';
import type { MatchListingDeps } from './match-listing.ts';

export type AnnounceDeps = MatchListingDeps & {
  readonly store: Pick<Store, 'days'>;
  /** Whether arXiv said that no announcement will bear an ISO date. */
  readonly isHoliday: (date: string) => boolean;
};

/** What came of one listing: `papers` and `announcements` count what was read, `matches` and `deliveries` what this run added. */
export type Announced = {
  readonly date: string;
  readonly archive: string;
  readonly state: DayState;
  readonly papers: number;
  readonly announcements: number;
  readonly matches: number;
  readonly deliveries: number;
};

/**
 * Takes a listing from reading to the outbox: save, match what no run has matched yet, plan, commit.
 *
 * Every step may be repeated after a crash: saving is idempotent, unmatched papers stay unmatched until the one transaction that
 * writes their deliveries, and a promise is made once.
 *
 * @param declared how many entries the source says the day has; null where it does not, or only by sections
 * @throws AppError('old-batch') where most of its new papers were new on an earlier day
 */
export async function announce(listing: Listing, declared: number | null, deps: AnnounceDeps): Promise<Announced> {
  const { store, clock } = deps;
  const { archive, date } = listing;
  const state = stateOf(listing, deps);
  await refuseOldBatch(listing, deps);
  await store.papers.saveListing(listing);
  await store.days.save({
    archive,
    date,
    state,
    papers: listing.entries.length,
    counts: countKinds(listing),
    declared: declared ?? declaredBySections(listing),
    source: listing.source,
    found: null,
    triedAt: clock.now(),
  });

  const { matches, deliveries } = await matchListing(archive, date, deps);
  return {
    date,
    archive,
    state,
    papers: new Set(listing.entries.map(({ id }) => id)).size,
    announcements: listing.entries.length,
    matches,
    deliveries,
  };
}

/** A listing that declares no counts (a text that lost them) counts as complete: nothing says otherwise. */
function stateOf(listing: Listing, { isHoliday }: AnnounceDeps): DayState {
  if (listing.complete === false) return 'partial';
  if (listing.entries.length > 0) return 'complete';
  return isHoliday(listing.date) ? 'deferred' : 'empty';
}

/** A paper is new in a category once. A page under today's date with the papers of another day is arXiv's mistake, or ours: nobody is told of it. */
async function refuseOldBatch(listing: Listing, { store }: AnnounceDeps): Promise<void> {
  const { archive, date } = listing;
  const fresh = listing.entries.filter(({ kind }) => kind === 'new').map(({ id }) => id);
  const old = await store.papers.announcedBefore(archive, date, fresh);
  if (old.length === 0 || old.length * 2 < fresh.length) return;
  throw new AppError(
    'old-batch',
    `the listing of ${archive} for ${date} has the papers of an earlier day: ${old.length} of its ${fresh.length} new papers were announced before; nothing is posted, look at it again later`,
  );
}

function declaredBySections({ sections }: Listing): number | null {
  let declared = 0;
  for (const { total } of sections) {
    if (total === null) return null;
    declared += total;
  }
  return declared;
}
