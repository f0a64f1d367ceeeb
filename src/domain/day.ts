/** What we know of one day's announcement of one archive. */
export const dayStates = ['expected', 'late', 'partial', 'complete', 'empty', 'deferred'] as const;
export type DayState = (typeof dayStates)[number];

export type Day = {
  readonly archive: string;
  /** ISO date the listing bears. */
  readonly date: string;
  readonly state: DayState;
  /** Papers read. */
  readonly papers: number;
  /** Source of the last reading; null before the first. */
  readonly source: string | null;
  /** Epoch milliseconds of the last try; null before the first. */
  readonly triedAt: number | null;
  /** Epoch milliseconds at which all its papers had been matched; null before. */
  readonly matchedAt: number | null;
};
