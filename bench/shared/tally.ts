import { chooseOfDay, rememberDay, startVolume } from '../../src/match/volume.ts';
import type { Volume } from '../../src/match/volume.ts';

/** Shares of the tested papers that were sent: the best of each day, and those above a threshold set online. */
export type Recall = {
  readonly recall: number;
  readonly budgetRecall: number;
  /** By the threshold, on the mean over the days of the replay. */
  readonly sentPerDay: number;
};

/** What was sent so far for one way of scoring. */
export type Tally = {
  readonly budget: number;
  readonly volume: Volume;
  readonly days: number;
  readonly found: number;
  readonly sentByThreshold: number;
  readonly foundByThreshold: number;
};

/** A rich day sends so many budgets at most. */
const capInBudgets = 5;

export function startTally(budget: number): Tally {
  return { budget, volume: startVolume(budget), days: 0, found: 0, sentByThreshold: 0, foundByThreshold: 0 };
}

/** Counts a day; a day before the replay only tells the threshold what scores are like. */
export function countDay(
  tally: Tally,
  day: readonly { readonly id: string; readonly score: number }[],
  tested: ReadonlySet<string>,
  isTest: boolean,
): Tally {
  const scores = day.map(({ score }) => score);
  if (!isTest) return { ...tally, volume: rememberDay(tally.volume, scores) };
  const best = day
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, tally.budget);
  const { chosen, volume } = chooseOfDay(tally.volume, scores, capInBudgets * tally.budget);
  return {
    ...tally,
    volume,
    days: tally.days + 1,
    found: tally.found + best.filter(({ id }) => tested.has(id)).length,
    sentByThreshold: tally.sentByThreshold + chosen.length,
    foundByThreshold: tally.foundByThreshold + chosen.filter((index) => tested.has(day[index]?.id ?? '')).length,
  };
}

/** @param tested how many papers there were to find, at least one */
export function recallOf(tally: Tally, tested: number): Recall {
  return {
    recall: tally.found / tested,
    budgetRecall: tally.foundByThreshold / tested,
    sentPerDay: tally.days === 0 ? 0 : tally.sentByThreshold / tally.days,
  };
}
