import { isDeepStrictEqual } from 'node:util';
import type { Calibration, DayVolume } from '../domain/calibration.ts';
import type { DayState } from '../domain/day.ts';
import { countKinds } from '../domain/listing.ts';
import type { Listing } from '../domain/listing.ts';
import type { MarkedPaper } from '../domain/mark.ts';
import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { AppError } from '../lib/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { calibrate, withPercentiles } from './calibrate.ts';
import { matchPapers } from './match-papers.ts';
import { planDeliveries } from './plan.ts';
import type { PlanInput } from './plan.ts';

/** Papers that tell how common a term is: about two weeks of one large category. */
const backgroundPapers = 2_000;

export type AnnounceDeps = {
  readonly store: Pick<Store, 'papers' | 'days' | 'subscriptions' | 'deliveries' | 'marks' | 'calibrations'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** Epoch milliseconds at which the announcement of an ISO date comes out. */
  readonly announcedAtMs: (date: string) => number;
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

  const { matches, deliveries } = await matchDay(archive, date, deps);
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

/** Matches, plans and commits what of a listing was not matched yet; anew where somebody else has done so meanwhile. */
async function matchDay(
  archive: string,
  date: string,
  deps: AnnounceDeps,
): Promise<Pick<Announced, 'matches' | 'deliveries'>> {
  const { store, clock, log } = deps;
  for (;;) {
    const papers = await store.papers.unmatched(archive, date);
    const subscriptions = await store.subscriptions.list();
    const past = await pastOf(papers, subscriptions, date, deps);
    const { background, marks } = past;
    const { matches: found, refused, ...read } = matchPapers(papers, subscriptions, background, marks);
    for (const { subscription, error } of refused) {
      log.warn(
        { subscription, column: error.column },
        `match: the query of subscription ${subscription} cannot be read: ${error.message}`,
      );
    }
    const unseen = papers.filter(({ paper }) => !past.seen.has(paper.id));
    const calibrations =
      papers.length === 0
        ? past.calibrations
        : calibrate({ date, papers: unseen, background, subscriptions, ...read, known: past.calibrations });
    const matches = withPercentiles(found, calibrations);

    const nowMs = clock.now();
    const { deliveries, volumes } = planDeliveries({
      date,
      papers,
      subscriptions,
      matches,
      spent: await store.deliveries.spent(date),
      calibrations,
      isPromised: await promisesTo(subscriptions, matches, deps),
      nowMs,
      announcedMs: deps.announcedAtMs(date),
    });
    const written = await store.deliveries.commit({
      archive,
      date,
      papers: papers.map(({ paper }) => paper.id),
      deliveries,
      calibrations: papers.length === 0 ? [] : changed(calibrations, volumes, past.calibrations),
      nowMs,
    });
    if (written !== null) return { matches: matches.length, deliveries: written };
  }
}

/** What is known from before, to judge these papers by. */
type Past = {
  /** The papers announced last, these among them. */
  readonly background: readonly AnnouncedPaper[];
  /** By subscription. */
  readonly marks: ReadonlyMap<string, readonly MarkedPaper[]>;
  readonly calibrations: ReadonlyMap<string, Calibration>;
  /** Which of these papers another listing of the day brought before. */
  readonly seen: ReadonlySet<string>;
};

async function pastOf(
  papers: readonly AnnouncedPaper[],
  subscriptions: readonly StoredSubscription[],
  date: string,
  { store }: AnnounceDeps,
): Promise<Past> {
  // A page that is looked at again mostly brings nothing to score.
  if (papers.length === 0) return { background: [], marks: new Map(), calibrations: new Map(), seen: new Set() };
  const ids = subscriptions.map(({ id }) => id);
  const paperIds = papers.map(({ paper }) => paper.id);
  return {
    background: await store.papers.recent(backgroundPapers),
    marks: await store.marks.of(ids),
    calibrations: await store.calibrations.of(ids),
    seen: await store.papers.matchedOn(date, paperIds),
  };
}

/** The calibrations that these papers have changed, with the budgets as they are after them. */
function changed(
  calibrations: ReadonlyMap<string, Calibration>,
  volumes: ReadonlyMap<string, DayVolume>,
  known: ReadonlyMap<string, Calibration>,
): Calibration[] {
  return [...calibrations.values()]
    .map((calibration) => ({ ...calibration, volume: volumes.get(calibration.subscription) ?? calibration.volume }))
    .filter((calibration) => !isDeepStrictEqual(calibration, known.get(calibration.subscription)));
}

/** What the targets of these matches were promised before, to look up. */
async function promisesTo(
  subscriptions: readonly StoredSubscription[],
  matches: readonly Match[],
  { store }: AnnounceDeps,
): Promise<PlanInput['isPromised']> {
  const targetOf = new Map(subscriptions.map(({ id, target }) => [id, target]));
  const byTarget = Map.groupBy(matches, (match) => targetOf.get(match.subscription) ?? '');
  const promised = new Set<string>();
  for (const [target, wanted] of byTarget) {
    const papers = [...new Set(wanted.map(({ paper }) => paper))];
    for (const { paper, occasion } of await store.deliveries.promised(target, papers)) {
      promised.add(`${target} ${paper} ${occasion}`);
    }
  }
  return (target, paper, occasion) => promised.has(`${target} ${paper} ${occasion}`);
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
