import type { Experience } from './experience.ts';

/**
 * By its own words alone a subscription is strict: what merely shares a word stays out.
 *
 * Chosen by looking at fourteen interests against the 21 papers of the seed listing (2026-11, frequencies of that listing, and
 * of a day of 1,200 papers): papers on the subject score 0.08 to 0.33; what merely shares words stays below (“federated
 * learning” finds other learning at 0.05, “face” the verb at 0.069, “graph neural network” other networks at 0.056).
 */
const floorOfWords = 0.07;

/**
 * A profile that learnt tells near papers from far ones by many terms, and how many are sent is for the volume to say. In the replay
 * (2026-11-23, 24 topics and 100 made ones) a floor of 0.02 costs 0.000 and 0.004 of recall@5/day, one of 0.03 costs 0.013 and 0.021;
 * 39 of 240 papers a day are above it.
 */
const floorOfLearnt = 0.02;

/** The least score at which interests alone select a paper. */
export function interestFloor({ marks, related }: Experience): number {
  return marks.length === 0 && related.length === 0 ? floorOfWords : floorOfLearnt;
}
