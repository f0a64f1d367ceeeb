import { createHash } from 'node:crypto';
import type { Calibration, DayVolume, ScoreWindow } from '../domain/calibration.ts';
import type { Match } from '../domain/match.ts';
import type { AnnouncedPaper } from '../domain/paper.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { CompiledSubscription } from '../match/compile.ts';
import { dayVolume, offeredScore } from '../match/day-volume.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import type { Experience } from '../match/experience.ts';
import { createMatcher } from '../match/matcher.ts';
import { scoreDay } from '../match/score-day.ts';
import { matchPatiently } from './match-patiently.ts';
import { addScores, emptyWindow, percentileOf } from '../match/score-window.ts';
import { rememberDay, startVolume } from '../match/volume.ts';
import type { Volume } from '../match/volume.ts';

export type CalibrateInput = {
  /** ISO date of the announcement. */
  readonly date: string;
  /** Those that no listing of the day brought before: each counts once. */
  readonly papers: readonly AnnouncedPaper[];
  /** Papers announced lately, in any order, to learn from where nothing is known. */
  readonly background: readonly AnnouncedPaper[];
  readonly subscriptions: readonly Subscription[];
  /** Of the same, those whose query can be read. */
  readonly compiled: readonly CompiledSubscription[];
  readonly frequencies: DocumentFrequencies;
  /** By subscription, as the store has them. */
  readonly known: ReadonlyMap<string, Calibration>;
};

/**
 * By what the scores of each subscription are judged, with the papers of one more listing. Pure.
 *
 * Where nothing is known, or scores have come to mean something else, because the wish was changed or a paper was marked, the background
 * tells first what scores are usual. Cost: that of scoring the papers for all subscriptions, and the background for these: see `scoreDay`.
 *
 * @param rest resolves once the others had their turn
 */
export async function calibrate(
  input: CalibrateInput,
  rest: () => Promise<void>,
): Promise<ReadonlyMap<string, Calibration>> {
  const { date, papers, background, compiled, frequencies, known } = input;
  const wishes = new Map(input.subscriptions.map((subscription) => [subscription.id, subscription]));
  const readable = compiled.flatMap((one) => {
    const wish = wishes.get(one.id);
    return wish === undefined ? [] : [{ one, wish, basis: basisOf(wish, one.experience), before: known.get(one.id) }];
  });
  const counted = new Set(papers.map(({ paper }) => paper.id));
  const past = background.filter(({ paper }) => !counted.has(paper.id));

  const fresh = readable.filter(({ basis, before }) => basis !== before?.basis).map(({ one }) => one);
  // A listing of long ago that is brought by hand must not make the window as old.
  const begun = past.reduce(
    (latest, announced) => ((announced.date ?? '') > latest ? (announced.date ?? '') : latest),
    date,
  );
  const filled = new Map<string, ScoreWindow>();
  for (const [index, scores] of (await scoreDay(fresh, past, frequencies, rest)).entries()) {
    filled.set(fresh[index]?.id ?? '', addScores(emptyWindow(begun), begun, scores));
  }
  const isBudgetFresh = ({ basis, before }: (typeof readable)[number]) => basis !== before?.basis || !before.volume;
  const budgeted = readable.filter((one) => one.wish.perDay !== null && isBudgetFresh(one)).map(({ one }) => one);
  const learnt = await learnVolumes(budgeted, past, input, rest);

  const scores = await scoreDay(
    readable.map(({ one }) => one),
    papers,
    frequencies,
    rest,
  );
  const calibrations = readable.map(({ one: { id }, wish: { perDay }, basis, before }, index): Calibration => {
    const window = filled.get(id) ?? before?.window ?? emptyWindow(begun);
    const added = scores[index];
    return {
      subscription: id,
      basis,
      window: added === undefined || added.papers === 0 ? window : addScores(window, date, added),
      volume: perDay === null ? null : budgetOf(perDay, date, before?.volume ?? null, learnt.get(id)),
      revision: before?.revision ?? 0,
    };
  });
  return new Map(calibrations.map((calibration) => [calibration.subscription, calibration]));
}

/** The matches, each with the share of recent papers that it is more relevant than. */
export function withPercentiles(
  matches: readonly Match[],
  calibrations: ReadonlyMap<string, Calibration>,
): readonly Match[] {
  return matches.map((match) => {
    const window = calibrations.get(match.subscription)?.window;
    return window === undefined ? match : { ...match, percentile: percentileOf(window, match.score) };
  });
}

/** What the days before tell of the scores that a budget chooses from, by subscription. */
async function learnVolumes(
  compiled: readonly CompiledSubscription[],
  past: readonly AnnouncedPaper[],
  { date, frequencies }: CalibrateInput,
  rest: () => Promise<void>,
): Promise<ReadonlyMap<string, Volume>> {
  if (compiled.length === 0) return new Map();
  const matcher = createMatcher(compiled, frequencies);
  const days = [...Map.groupBy(past, (announced) => announced.date ?? date)]
    .filter(([day]) => day < date)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const volumes = new Map(compiled.map(({ id }) => [id, startVolume(1)]));
  for (const [, papers] of days) {
    const matches = await matchPatiently(matcher, papers, rest);
    const scores = Map.groupBy(matches, ({ subscription }) => subscription);
    for (const [id, volume] of volumes) {
      volumes.set(
        id,
        rememberDay(
          volume,
          (scores.get(id) ?? []).map(({ score }) => offeredScore(score)),
        ),
      );
    }
  }
  return volumes;
}

/** The budget before this listing: what is left of it stays, whatever was learnt anew of the scores, and the knob may have been turned. */
function budgetOf(perDay: number, date: string, before: DayVolume | null, learnt?: Volume): DayVolume {
  const renewed = (volume: Volume): Volume => ({ ...volume, ...learnt, credit: volume.credit, perDay });
  if (before === null) return dayVolume(date, renewed(startVolume(perDay)));
  return { ...before, before: renewed(before.before), after: renewed(before.after) };
}

/** To be raised when the same wish and marks come to other scores than before. */
const scoring = 2;

/** Stands for all that the scores of a subscription, and the papers that count for it, depend on. */
function basisOf({ query, interests, categories, kinds }: Subscription, { marks, related }: Experience): string {
  const said = marks.map(({ paper, kind }) => [paper.id, kind]);
  const all = JSON.stringify([scoring, query, interests, categories, kinds, said, related.length > 0]);
  return createHash('sha256').update(all).digest('base64url').slice(0, 22);
}
