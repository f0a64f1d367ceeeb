import type { DayVolume } from '../domain/calibration.ts';
import { chooseOfDay } from './volume.ts';
import type { Volume } from './volume.ts';

/** A budget before the first listing of an announcement. `date`: its ISO date. */
export function dayVolume(date: string, volume: Volume): DayVolume {
  return { date, before: volume, after: volume, offered: [], chosen: 0 };
}

/**
 * What a match weighs when a budget is spent, above 0 to 1. One that scores 0 was asked for by something that is no topic, such as an author:
 * it cannot be weighed, and goes first.
 */
export function offeredScore(score: number): number {
  return score > 0 ? score : 1;
}

/**
 * Which papers of a listing to send, by their ids. An announcement may come in several listings, or in one that is read again with more.
 *
 * All of one announcement share its budget: as many are chosen as would have been of everything that was offered so far, less those that
 * were chosen before; a paper is offered once, in the first listing that brings it. What was not sent stays so, even where a later listing
 * shows that it was among the best. Listings of an earlier announcement, read late, count as part of the latest one.
 *
 * @param papers those that match and were not promised, with their scores, 0 to 1
 * @param limit.most how many of them may be chosen
 * @param limit.cap papers a day at most
 */
export function chooseOfListing(
  volume: DayVolume,
  date: string,
  papers: readonly { readonly paper: string; readonly score: number }[],
  limit: { readonly most: number; readonly cap: number },
): { readonly chosen: ReadonlySet<string>; readonly volume: DayVolume } {
  const day = date > volume.date ? dayVolume(date, volume.after) : volume;
  const known = new Set(day.offered.map(([paper]) => paper));
  const added = papers
    .filter(({ paper }) => !known.has(paper))
    .map(({ paper, score }): [string, number] => [paper, offeredScore(score)]);
  const offered = [...day.offered, ...added];
  const scores = offered.map(([, score]) => score);
  const ofAll = chooseOfDay(day.before, scores, limit.cap);
  const left = Math.max(0, Math.min(limit.most, ofAll.chosen.length - day.chosen));
  const chosen = ofAll.chosen.flatMap((index) => added[index - day.offered.length]?.[0] ?? []).slice(0, left);
  const sent = day.chosen + chosen.length;
  // What came first was chosen without knowing the rest: what it cost is what was sent, not what would have been. Where more was asked for
  // when it was sent than is now, that is no debt: or nothing would come for weeks.
  const after = { ...ofAll.volume, credit: Math.max(0, ofAll.volume.credit + ofAll.chosen.length - sent) };
  return { chosen: new Set(chosen), volume: { ...day, after, offered, chosen: sent } };
}
