import { z } from 'zod';

const countSchema = z.int().min(0);

/** How many papers scored what: `zero` of them nothing, `counts[n]` a score in bin `from + n` (src/match/score-window.ts). */
const scoreHistogramSchema = z.object({
  zero: countSchema,
  from: z.int(),
  counts: z.array(countSchema),
});

/** Scores of the papers announced lately: those of the current weeks, since the ISO date `begun`, and of the weeks before. */
export const scoreWindowSchema = z.object({
  begun: z.iso.date(),
  current: scoreHistogramSchema,
  earlier: scoreHistogramSchema,
});
export type ScoreWindow = Readonly<z.infer<typeof scoreWindowSchema>>;

/** A budget of papers a day, and what is known of the scores it chooses from (src/match/volume.ts). */
const volumeSchema = z.object({
  perDay: z.number(),
  credit: z.number(),
  days: z.number(),
  counts: z.array(z.number()).readonly(),
});

/**
 * The papers of one announcement, chosen listing by listing: `before` and `after` are the state of the budget (src/match/volume.ts) before
 * that day and with all of it, `offered` the papers it chose from so far, and `chosen` how many it took of them.
 */
export const dayVolumeSchema = z.object({
  /** ISO date of the announcement; a listing of an earlier one that is read late counts as part of it. */
  date: z.iso.date(),
  before: volumeSchema,
  after: volumeSchema,
  /** Id and score. */
  offered: z.array(z.tuple([z.string(), z.number()])).readonly(),
  chosen: countSchema,
});
export type DayVolume = Readonly<z.infer<typeof dayVolumeSchema>>;

/** By what the scores of a subscription are judged: what its recent papers scored, and what of its budget is left. */
export type Calibration = {
  readonly subscription: string;
  /** Stands for all that its scores depend on; where that has changed, the rest says nothing any more. */
  readonly basis: string;
  readonly window: ScoreWindow;
  /** Null for a subscription without a budget (`perDay`). */
  readonly volume: DayVolume | null;
  /** How often it was written; 0 for one that is not stored yet. */
  readonly revision: number;
};
