import type { Calibration } from '../domain/calibration.ts';
import type { Evidence, Match } from '../domain/match.ts';
import type { AnnouncedPaper, Paper } from '../domain/paper.ts';
import type { CalibrationStore, PaperStore } from '../domain/ports.ts';
import type { StoredSubscription, Subscription } from '../domain/subscription.ts';
import type { CompiledSubscription } from '../match/compile.ts';
import { kindHolds } from '../match/filters.ts';
import { withPercentiles } from './calibrate.ts';
import type { Knowledge } from './knowledge.ts';
import { matchPatiently } from './match-patiently.ts';
import { prepareMatcher } from './prepare-matcher.ts';
import { planDeliveries } from './plan.ts';
import { startCalibrations, withVolumes } from './replayed-calibrations.ts';

export type BacktestDeps = {
  readonly store: {
    readonly papers: Pick<PaperStore, 'latestDay' | 'ofDay'>;
    readonly calibrations: Pick<CalibrationStore, 'of'>;
  };
  /** As the morning round has it. */
  readonly knowledge: Knowledge;
};

/** How far to look back: at most so many days on which papers were announced, and so many papers. */
export type BacktestBounds = { readonly days: number; readonly papers: number };

/** One day: papers announced, how many of them matched, and how many of those would have been sent. */
export type BacktestDay = {
  /** ISO. */
  readonly date: string;
  readonly papers: number;
  readonly matched: number;
  readonly sent: number;
};

export type BacktestHit = {
  readonly paper: Paper;
  readonly date: string;
  readonly score: number;
  readonly percentile: number | null;
  readonly evidence: readonly Evidence[];
};

/** What of all that would have been sent comes by another subscription too: papers, and their share, 0 to 1. */
export type Overlap = { readonly subscription: string; readonly papers: number; readonly share: number };

/** What a subscription would have brought. */
export type Backtest = {
  /** Oldest first; one without matches is there too. */
  readonly days: readonly BacktestDay[];
  /** True where there were more days within reach than `BacktestBounds.papers` allowed. */
  readonly isCut: boolean;
  readonly papers: number;
  readonly matched: number;
  readonly sent: number;
  /** Papers that matched and would not have been sent on any of the days. */
  readonly leftOut: number;
  /** Papers sent a day; 0 without days. */
  readonly mean: number;
  readonly median: number;
  /** The most relevant of what was sent, best first. */
  readonly best: readonly BacktestHit[];
  /** What was sent by primary category, most first. */
  readonly categories: readonly { readonly category: string; readonly papers: number; readonly share: number }[];
  /** Most first; those that share nothing are left out. */
  readonly overlaps: readonly Overlap[];
  /** The share that comes by any of the others, 0 to 1. */
  readonly known: number;
};

/** Best hits that are named. */
const namedHits = 10;

/** What came of matching one day: the papers that anybody wants, without their abstracts, for there may be thousands. */
type MatchedDay = {
  readonly date: string;
  readonly count: number;
  readonly papers: readonly AnnouncedPaper[];
  readonly matches: readonly Match[];
};

/** The papers that each subscription would have been sent, by its id, and those of them that `wanted` would, by day. */
type Replay = {
  readonly sent: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sentOn: ReadonlyMap<string, number>;
};

/**
 * What a subscription would have brought over the last days of the archive, day by day through the functions of the morning round. Writes
 * nothing.
 *
 * Every subscription counts as if it were alone in a channel of its own: what another brings too is in `overlaps`. A paper that came by an
 * import counts on the day of its first announcement, as `PaperStore.ofDay` says. What people marked until now, and what profiles learned of past papers,
 * counts on all days: the days looked at are among those that were learned from.
 *
 * Cost: O(papers); it rests every few of them.
 */
export async function backtest(
  wanted: Subscription,
  others: readonly Subscription[],
  bounds: BacktestBounds,
  deps: BacktestDeps,
): Promise<Backtest> {
  const subscriptions = [wanted, ...others].map(alone);
  const calibrations = await deps.store.calibrations.of(subscriptions.map(({ id }) => id));
  const { days: found, isCut } = await matchedDays(subscriptions, bounds, deps);
  const days = found.map((day) => ({ ...day, matches: withPercentiles(day.matches, calibrations) }));
  const { sent, sentOn } = replay(subscriptions, wanted.id, days, startCalibrations(subscriptions, days, calibrations));
  const own = sent.get(wanted.id) ?? new Set<string>();
  const overlaps = others
    .map(({ id }): Overlap => {
      const papers = [...own].filter((paper) => sent.get(id)?.has(paper)).length;
      return { subscription: id, papers, share: shareOf(papers, own.size) };
    })
    .filter(({ papers }) => papers > 0)
    .toSorted((a, b) => b.papers - a.papers);
  const known = [...own].filter((paper) => others.some(({ id }) => sent.get(id)?.has(paper))).length;
  const series = days.map(({ date, count, matches }) => ({
    date,
    papers: count,
    matched: matches.filter(({ subscription }) => subscription === wanted.id).length,
    sent: sentOn.get(date) ?? 0,
  }));
  return {
    days: series,
    isCut,
    papers: sum(series.map(({ papers }) => papers)),
    matched: sum(series.map(({ matched }) => matched)),
    sent: sum(series.map((day) => day.sent)),
    leftOut: leftOutOf(wanted.id, days, own),
    mean: shareOf(sum(series.map((day) => day.sent)), series.length),
    median: median(series.map((day) => day.sent)),
    best: bestOf(wanted.id, days, own),
    categories: categoriesOf(days, own),
    overlaps,
    known: shareOf(known, own.size),
  };
}

/** In a channel of its own, at once and at any hour: when posts come changes nothing about which. */
function alone(subscription: Subscription): StoredSubscription {
  return {
    ...subscription,
    target: subscription.id,
    style: 'cards',
    hour: null,
    quiet: null,
    zone: 'UTC',
    createdBy: null,
    createdAt: 0,
  };
}

/** Newest first from the store, so that the bound cuts the oldest; oldest first as a result. */
async function matchedDays(
  subscriptions: readonly StoredSubscription[],
  bounds: BacktestBounds,
  { store, knowledge }: BacktestDeps,
): Promise<{ days: MatchedDay[]; isCut: boolean }> {
  const experience = await knowledge.experienceOf(subscriptions);
  const { matcher, compiled } = prepareMatcher(subscriptions, await knowledge.frequencies(), experience);
  const wishes = [...compiled.values()];
  const days: MatchedDay[] = [];
  let room = bounds.papers;
  let date = await store.papers.latestDay(null);
  while (date !== null && days.length < bounds.days) {
    const papers = await store.papers.ofDay(date, room + 1);
    // Half a day would say too little; one day there always is.
    if (papers.length > room && days.length > 0) return { days: days.toReversed(), isCut: true };
    const matches = await matchPatiently(
      matcher,
      papers.filter((paper) => isWithin(wishes, paper)),
      knowledge.rest,
    );
    const ids = new Set(matches.map(({ paper }) => paper));
    const kept = papers.filter(({ paper }) => ids.has(paper.id)).map(withoutAbstract);
    days.push({ date, count: papers.length, papers: kept, matches });
    room -= papers.length;
    date = await store.papers.latestDay(date);
  }
  return { days: days.toReversed(), isCut: false };
}

/** What is in nobody's categories matches nobody: it need not be cut into words first. */
function isWithin(wishes: readonly CompiledSubscription[], announced: AnnouncedPaper): boolean {
  return wishes.some((wish) => kindHolds(wish, announced));
}

function withoutAbstract(announced: AnnouncedPaper): AnnouncedPaper {
  return { ...announced, paper: { ...announced.paper, abstract: null } };
}

/** Plans the days one after the other: what a channel was told on one day it is not told again on a later one. */
function replay(
  subscriptions: readonly StoredSubscription[],
  wanted: string,
  days: readonly MatchedDay[],
  begun: ReadonlyMap<string, Calibration>,
): Replay {
  const sent = new Map<string, Set<string>>(subscriptions.map(({ id }) => [id, new Set()]));
  const sentOn = new Map<string, number>();
  const promised = new Set<string>();
  let calibrations = begun;
  for (const { date, papers, matches } of days) {
    const { deliveries, volumes } = planDeliveries({
      date,
      papers,
      subscriptions,
      matches,
      spent: new Map(),
      calibrations,
      isPromised: (target, paper, occasion) => promised.has(`${target} ${paper} ${occasion}`),
      nowMs: 0,
      announcedMs: 0,
    });
    for (const { target, papers: posts } of deliveries) {
      for (const { paper, occasion } of posts) {
        promised.add(`${target} ${paper} ${occasion}`);
        sent.get(target)?.add(paper);
        if (target === wanted) sentOn.set(date, (sentOn.get(date) ?? 0) + 1);
      }
    }
    calibrations = withVolumes(calibrations, volumes);
  }
  return { sent, sentOn };
}

/** A paper that is announced again matches again, and comes once: that is not left out. */
function leftOutOf(wanted: string, days: readonly MatchedDay[], sent: ReadonlySet<string>): number {
  const matched = days.flatMap(({ matches }) => matches.filter(({ subscription }) => subscription === wanted));
  return new Set(matched.map(({ paper }) => paper)).difference(sent).size;
}

function bestOf(wanted: string, days: readonly MatchedDay[], sent: ReadonlySet<string>): BacktestHit[] {
  const hits = new Map<string, BacktestHit>();
  for (const { date, papers, matches } of days) {
    const byId = new Map(papers.map(({ paper }) => [paper.id, paper]));
    for (const { subscription, paper: id, score, percentile, evidence } of matches) {
      const paper = byId.get(id);
      // The first day that it matched is the one on which it came.
      if (subscription !== wanted || paper === undefined || !sent.has(id) || hits.has(id)) continue;
      hits.set(id, { paper, date, score, percentile, evidence });
    }
  }
  return [...hits.values()].toSorted((a, b) => b.score - a.score || (a.date < b.date ? 1 : -1)).slice(0, namedHits);
}

function categoriesOf(days: readonly MatchedDay[], sent: ReadonlySet<string>): Backtest['categories'] {
  const primaryOf = new Map(
    days.flatMap(({ papers }) => papers.map(({ paper }) => [paper.id, paper.primary] as const)),
  );
  const counts = new Map<string, number>();
  for (const id of sent) {
    const category = primaryOf.get(id) ?? '';
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts]
    .map(([category, papers]) => ({ category, papers, share: shareOf(papers, sent.size) }))
    .toSorted((a, b) => b.papers - a.papers || (a.category < b.category ? -1 : 1));
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (upper + lower) / 2;
}
