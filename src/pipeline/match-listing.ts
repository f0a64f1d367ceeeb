import { isDeepStrictEqual } from 'node:util';
import type { Calibration, DayVolume } from '../domain/calibration.ts';
import type { Match } from '../domain/match.ts';
import type { Store } from '../domain/ports.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { calibrate, withPercentiles } from './calibrate.ts';
import type { Knowledge } from './knowledge.ts';
import { matchPatiently } from './match-patiently.ts';
import { prepareMatcher } from './prepare-matcher.ts';
import type { RefusedSubscription } from './prepare-matcher.ts';
import { planDeliveries } from './plan.ts';
import type { PlanInput } from './plan.ts';

/** Papers that tell what scores are usual: about two weeks of one large category. */
const backgroundPapers = 2_000;

export type MatchListingDeps = {
  readonly store: Pick<Store, 'papers' | 'subscriptions' | 'deliveries' | 'marks' | 'calibrations'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly knowledge: Knowledge;
  /** Epoch milliseconds at which the announcement of an ISO date comes out. */
  readonly announcedAtMs: (date: string) => number;
};

/**
 * Takes what of a listing no run has matched yet to the outbox: match, judge by what was learnt, plan, commit. Where somebody else has
 * committed meanwhile, it begins anew.
 *
 * @returns how many matches there were, and how many deliveries were written
 */
export async function matchListing(
  archive: string,
  date: string,
  deps: MatchListingDeps,
): Promise<{ readonly matches: number; readonly deliveries: number }> {
  const { store, clock, log, knowledge } = deps;
  for (;;) {
    // A page that is looked at again mostly brings nothing.
    if ((await store.papers.unmatched(archive, date)).length === 0) {
      await store.deliveries.commit({ archive, date, papers: [], deliveries: [], nowMs: clock.now() });
      return { matches: 0, deliveries: 0 };
    }
    const subscriptions = await store.subscriptions.list();
    const ids = subscriptions.map(({ id }) => id);
    // Before the papers: whoever matches these papers in between is found out by the calibrations, when they are written.
    const known = await store.calibrations.of(ids);
    const papers = await store.papers.unmatched(archive, date);
    const paperIds = papers.map(({ paper }) => paper.id);
    const seen = await store.papers.matchedOn(date, paperIds);
    const background = await store.papers.recent(backgroundPapers);

    const frequencies = await knowledge.frequencies();
    const read = prepareMatcher(subscriptions, frequencies, await knowledge.experienceOf(subscriptions));
    warnOf(read.refused, log);
    const found = await matchPatiently(read.matcher, papers, knowledge.rest);
    const unseen = papers.filter(({ paper }) => !seen.has(paper.id));
    const compiled = [...read.compiled.values()];
    const calibrations = await calibrate(
      { date, papers: unseen, background, subscriptions, compiled, frequencies, known },
      knowledge.rest,
    );
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
      papers: paperIds,
      deliveries,
      calibrations: changed(calibrations, volumes, known),
      nowMs,
    });
    if (written !== null) return { matches: matches.length, deliveries: written };
  }
}

function warnOf(refused: readonly RefusedSubscription[], log: Log): void {
  for (const { subscription, error } of refused) {
    log.warn(
      { subscription, column: error.column },
      `match: the query of subscription ${subscription} cannot be read: ${error.message}`,
    );
  }
}

/** What the targets of these matches were promised before, to look up. */
async function promisesTo(
  subscriptions: readonly StoredSubscription[],
  matches: readonly Match[],
  { store }: MatchListingDeps,
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
