/** The fields of a paper that a query can name, by the names the query language uses. */
export const paperFields = ['title', 'abstract', 'author', 'cat', 'id', 'comments'] as const;
export type PaperField = (typeof paperFields)[number];

/**
 * One reason why a paper matched: `term`, where it was found, and its share of the score. A term is as the subscriber wrote it; one that the
 * profile learned begins with `learned: ` (of marks) or `related: ` (of past papers) and is as papers write it.
 */
export type Evidence = {
  readonly term: string;
  readonly field: PaperField;
  /** 0 to 1; below 0, down to -1, for a learned term that speaks against the paper. The weights of a match need not add up to its score. */
  readonly weight: number;
};

export type Match = {
  /** Subscription id. */
  readonly subscription: string;
  /** arXiv id. */
  readonly paper: string;
  /** Raw relevance, 0 to 1: comparable within one subscription only. */
  readonly score: number;
  /** Share of recent papers in its categories that it is more relevant than, 0 to 1; null without an archive to compare with. */
  readonly percentile: number | null;
  /** Heaviest first; never empty unless the subscription names no term, category or author. */
  readonly evidence: readonly Evidence[];
};
