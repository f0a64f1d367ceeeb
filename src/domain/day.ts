import { z } from 'zod';
import type { ListingSource } from './listing.ts';
import type { AnnouncementKind } from './paper.ts';

/**
 * What we know of one day's announcement of one archive:
 *
 * - `expected`: it is not looked for yet, or was not looked at before it could be there;
 * - `late`: it was looked for, and is not there or cannot be read;
 * - `partial`: some of what arXiv declares was read;
 * - `complete`: all of it; `empty`: arXiv has nothing for that day;
 * - `deferred`: there is none that day (a holiday), or arXiv will not give it.
 */
export const dayStates = ['expected', 'late', 'partial', 'complete', 'empty', 'deferred'] as const;
export type DayState = (typeof dayStates)[number];

export type KindCounts = Readonly<Partial<Record<AnnouncementKind, number>>>;

export type Day = {
  readonly archive: string;
  /** ISO date the listing bears. */
  readonly date: string;
  readonly state: DayState;
  /** Entries read. */
  readonly papers: number;
  /** The same by kind; empty for a day that was read by Paperboy 0.1. */
  readonly counts: KindCounts;
  /** Entries that arXiv declares; null where it does not say. */
  readonly declared: number | null;
  /** What it was read from, in the order of the first reading of each. */
  readonly sources: readonly ListingSource[];
  /** In words, what the last try found where that did not settle the day: `still Thursday’s page`. */
  readonly found: string | null;
  /** Epoch milliseconds of the first and the last try; null before the first. */
  readonly firstTriedAt: number | null;
  readonly triedAt: number | null;
  /** Epoch milliseconds at which it was first read as it is; null before. */
  readonly readAt: number | null;
  /** Epoch milliseconds at which all its papers had been matched; null before. */
  readonly matchedAt: number | null;
  /** What a second source said of the day; null before it was asked. */
  readonly check: FeedCheck | null;
};

/** What one try to read a day came to. */
export type DayReading = Pick<Day, 'archive' | 'date' | 'state' | 'papers' | 'counts' | 'declared' | 'found'> & {
  /** Null where nothing was read. */
  readonly source: ListingSource | null;
  /** Epoch milliseconds; null where it was not tried yet. */
  readonly triedAt: number | null;
};

/**
 * A listing compared with arXiv's feed of the same day.
 *
 * - `agrees`: both announce the same papers;
 * - `differs`: one has papers that the other has not;
 * - `cut`: the feed is full, so that only what it has could be looked for;
 * - `stale`: the feed is another day's, or another day's papers under this date.
 */
export const feedCheckSchema = z.object({
  verdict: z.enum(['agrees', 'differs', 'cut', 'stale']),
  /** Epoch milliseconds. */
  checkedAt: z.int(),
  /** Papers, new or crossed, that only one of the two has, by id; the first 50 of each. */
  onlyListing: z.array(z.string()),
  onlyFeed: z.array(z.string()),
});
export type FeedCheck = Readonly<z.infer<typeof feedCheckSchema>>;
