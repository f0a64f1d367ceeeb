import type { Subscription } from '../domain/subscription.ts';

type Volume = Pick<Subscription, 'perDay' | 'maxPapers'>;

/** How many papers a subscription brings: `at most 25 a day`, `about 5 a day, at most 25`. */
export function volumeText({ perDay, maxPapers }: Volume): string {
  return perDay === null ? `at most ${maxPapers} a day` : `about ${perDay} a day, at most ${maxPapers}`;
}

/** What is wrong with a number of papers a day that is never reached, for people; null where it is right. */
export function volumeProblem({ perDay, maxPapers }: Volume): string | null {
  if (perDay === null || perDay <= maxPapers) return null;
  return `About ${perDay} papers a day cannot come where ${maxPapers} are the most: \`about\` takes a number up to \`max\`.`;
}
