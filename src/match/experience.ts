import type { MarkedPaper } from '../domain/mark.ts';
import type { Paper } from '../domain/paper.ts';

/** What of a paper a profile can learn from. */
export type KnownPaper = Pick<Paper, 'id' | 'title' | 'abstract' | 'categories' | 'authors'>;

/** A term that past papers on a subject have in common: its stems joined by blanks, as a paper writes it, and its weight, above 0. */
export type RelatedTerm = { readonly key: string; readonly text: string; readonly weight: number };

/** What a subscription's profile may learn from, besides its own words. Both may be empty, and the order of marks says nothing. */
export type Experience = {
  readonly marks: readonly MarkedPaper[];
  /** Of the nearest past papers, weights with norm 1, heaviest first (`relatedTerms`). */
  readonly related: readonly RelatedTerm[];
};

export const noExperience: Experience = { marks: [], related: [] };
