import type { Calibration } from '../domain/calibration.ts';
import type { LedgerEntry } from '../domain/delivery.ts';
import type { Paper, PaperDay } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { QueryError } from '../domain/search.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Target } from '../domain/target.ts';
import { dayVolume } from '../match/day-volume.ts';
import { explainMatch } from '../match/explain.ts';
import type { MatchExplanation } from '../match/explain.ts';
import { withPercentiles } from './calibrate.ts';
import type { Knowledge } from './knowledge.ts';
import { matchPatiently } from './match-patiently.ts';
import { prepareMatcher } from './prepare-matcher.ts';
import type { PreparedMatcher } from './prepare-matcher.ts';
import { judgeMatches } from './judge-matches.ts';
import type { Verdict } from './judge-matches.ts';

export type ExplainDeps = {
  readonly store: {
    readonly papers: Pick<Store['papers'], 'daysOf' | 'ofDay'>;
    readonly deliveries: Pick<Store['deliveries'], 'ledger' | 'spent'>;
    readonly targets: Pick<Store['targets'], 'get'>;
    readonly calibrations: Pick<Store['calibrations'], 'of'>;
  };
  /** As the morning round has it. */
  readonly knowledge: Knowledge;
};

/** The papers of a day that matched a subscription, as planning sees them. */
export type DayRank = {
  /** Papers of the day that matched, and the place of this one among them from 1, the most relevant first. */
  readonly matched: number;
  readonly rank: number;
  /** Share of recent papers in its categories that it is more relevant than, 0 to 1; null where that is not known yet. */
  readonly percentile: number | null;
  /** What would become of it if the whole day were judged now, for this subscription alone, had nothing been promised before. */
  readonly verdict: Verdict;
  /** Papers of that day that the subscription was promised, as far as the ledger knows. */
  readonly spent: number;
};

/**
 * What became of a paper for one subscription, and all that it follows from. Times are epoch milliseconds. How it matches is said as the
 * subscription, and what is known of terms, are now; what was posted is said as it happened.
 */
export type Explanation = {
  readonly subscription: StoredSubscription;
  readonly target: Target | null;
  /** The day spoken of: that of the latest post, or of the latest match, or else the latest on which it could have matched. */
  readonly day: Pick<PaperDay, 'date' | 'imported' | 'matchedAt'>;
  /** Null where the query cannot be read any more, which is then `refused`. */
  readonly match: MatchExplanation | null;
  readonly refused: QueryError | null;
  /** Null where it does not match. */
  readonly rank: DayRank | null;
  /** All posts of this paper to the target, the latest first, whichever of its subscriptions they were for. */
  readonly ledger: readonly LedgerEntry[];
};

/** A paper's explanations for each of the subscriptions, in their order; null where no listing and no import ever told us of it. */
export type PaperExplained = { readonly paper: Paper; readonly explanations: readonly Explanation[] } | null;

/** Days looked at, the latest: a paper that is replaced every week is not gone through for years. */
const daysLookedAt = 5;

/** A day of all of arXiv has some 1,200 new papers, and twice as many replaced and crossed ones. */
const mostOfDay = 5_000;

/**
 * Why a paper came, or did not, by each of these subscriptions: the morning round's own functions, read-only.
 *
 * Cost: for every day that is spoken of, its papers are matched once for all subscriptions; it rests every few of them.
 */
export async function explain(
  paperId: string,
  subscriptions: readonly StoredSubscription[],
  deps: ExplainDeps,
): Promise<PaperExplained> {
  const days = (await deps.store.papers.daysOf(paperId)).slice(-daysLookedAt).toReversed();
  const paper = days[0]?.paper;
  if (paper === undefined) return null;
  const ids = subscriptions.map(({ id }) => id);
  const { knowledge } = deps;
  const experience = await knowledge.experienceOf(subscriptions);
  const prepared = prepareMatcher(subscriptions, await knowledge.frequencies(), experience);
  const calibrations = await deps.store.calibrations.of(ids);
  const matchDay = rememberDays(prepared, calibrations, deps);
  const explanations: Explanation[] = [];
  for (const subscription of subscriptions) {
    explanations.push(await explainOne(subscription, days, prepared, matchDay, calibrations, deps));
  }
  return { paper, explanations };
}

type MatchDay = ReturnType<typeof rememberDays>;

type Calibrations = ReadonlyMap<string, Calibration>;

/** Matches the papers of a day when it is first asked for. */
function rememberDays(
  { matcher }: PreparedMatcher,
  calibrations: Calibrations,
  { store, knowledge: { rest } }: ExplainDeps,
) {
  const known = new Map<string, ReturnType<typeof matchDay>>();
  const matchDay = async (date: string) => {
    const papers = await store.papers.ofDay(date, mostOfDay);
    const matches = withPercentiles(await matchPatiently(matcher, papers, rest), calibrations);
    return { papers, matches, spent: await store.deliveries.spent(date) };
  };
  return (date: string) => {
    const matched = known.get(date) ?? matchDay(date);
    known.set(date, matched);
    return matched;
  };
}

async function explainOne(
  subscription: StoredSubscription,
  days: readonly PaperDay[],
  prepared: PreparedMatcher,
  matchDay: MatchDay,
  calibrations: Calibrations,
  deps: ExplainDeps,
): Promise<Explanation> {
  const { store } = deps;
  const compiled = prepared.compiled.get(subscription.id);
  const explained = days.map((day) => ({
    day,
    match: compiled === undefined ? null : explainMatch(compiled, day, prepared.matcher),
  }));
  const paper = days[0]?.paper.id ?? '';
  const ledger = await store.deliveries.ledger(subscription.target, paper);
  const spoken =
    explained.find(({ day }) => day.date === ledger[0]?.date) ??
    explained.find(({ match }) => match?.matched) ??
    explained.find(({ match }) => match?.kinds.holds) ??
    explained[0];
  if (spoken === undefined) throw new Error(`explain: paper ${paper} has no day`);
  const { day, match } = spoken;
  return {
    subscription,
    target: await store.targets.get(subscription.target),
    day: { date: day.date, imported: day.imported, matchedAt: day.matchedAt },
    match,
    refused: prepared.refused.find((one) => one.subscription === subscription.id)?.error ?? null,
    rank: match?.matched ? rankOf(subscription, paper, day.date, await matchDay(day.date), calibrations) : null,
    ledger,
  };
}

function rankOf(
  subscription: StoredSubscription,
  paper: string,
  date: string,
  { papers, matches, spent }: Awaited<ReturnType<MatchDay>>,
  calibrations: Calibrations,
): DayRank | null {
  const known = calibrations.get(subscription.id);
  const { judged } = judgeMatches({
    date,
    papers,
    subscriptions: [subscription],
    matches,
    spent: new Map(),
    calibrations: known === undefined ? new Map() : new Map([[subscription.id, asOn(date, known)]]),
    isPromised: () => false,
  });
  const index = judged.findIndex(({ match }) => match.paper === paper);
  const own = judged[index];
  if (own === undefined) return null;
  return {
    matched: judged.length,
    rank: index + 1,
    percentile: own.match.percentile,
    verdict: own.verdict,
    spent: spent.get(subscription.id) ?? 0,
  };
}

/** With its budget as before that day. Of days before the latest nothing is kept: it then stands as it is now. */
function asOn(date: string, calibration: Calibration): Calibration {
  const { volume } = calibration;
  if (volume === null) return calibration;
  return { ...calibration, volume: dayVolume(date, volume.date === date ? volume.before : volume.after) };
}
