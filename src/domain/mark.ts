import type { Paper } from './paper.ts';

export const markKinds = ['up', 'down', 'saved'] as const;
/** What a person said of a paper. 👍 and 👎 exclude each other; saving is separate. */
export type MarkKind = (typeof markKinds)[number];

/** A paper that people marked, and what they say of it together. */
export type MarkedPaper = {
  readonly paper: Pick<Paper, 'id' | 'title' | 'abstract' | 'categories' | 'authors'>;
  readonly kind: MarkKind;
};
