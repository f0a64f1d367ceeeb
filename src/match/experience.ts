import type { MarkedPaper } from '../domain/mark.ts';
import type { Paper } from '../domain/paper.ts';

/** What of a paper a profile can learn from. */
export type KnownPaper = Pick<Paper, 'id' | 'title' | 'abstract' | 'categories' | 'authors'>;

/** What a subscription's profile may learn from, besides its own words. Both may be empty, and order says nothing. */
export type Experience = {
  readonly marks: readonly MarkedPaper[];
  /**
   * Papers of the past that are likely to be on the subject, of which the profile takes the thirty nearest. Any number: the best of an
   * archive's search for the interests, or what was nearest so far.
   */
  readonly past: readonly KnownPaper[];
};

export const noExperience: Experience = { marks: [], past: [] };
