import type { Paper } from '../domain/paper.ts';
import { eachWord } from '../text/tokens.ts';

/** How many papers of a collection hold a term. */
export type DocumentFrequencies = {
  /** Papers counted; 0 where nothing is known. */
  readonly documentCount: number;
  /** Papers that hold the term: a stem, or two adjacent stems joined by a blank. */
  of(term: string): number;
};

/**
 * Counts in how many titles-with-abstracts each stem and each pair of adjacent stems stands.
 * Cost: O(words); memory O(different pairs), about 5 kB a paper.
 */
export function countDocumentFrequencies(papers: Iterable<Pick<Paper, 'title' | 'abstract'>>): DocumentFrequencies {
  const counter = createTermCounter();
  for (const paper of papers) counter.add(paper);
  return counter.frequencies();
}

/** The same for papers that come one by one: for whoever rests in between. */
export function createTermCounter(): {
  add(paper: Pick<Paper, 'title' | 'abstract'>): void;
  frequencies(): DocumentFrequencies;
} {
  const counts = new Map<string, number>();
  let documentCount = 0;
  return {
    add: (paper) => {
      documentCount += 1;
      for (const term of termsOf(paper)) counts.set(term, (counts.get(term) ?? 0) + 1);
    },
    frequencies: () => ({ documentCount, of: (term) => counts.get(term) ?? 0 }),
  };
}

/** The different stems and pairs of adjacent stems of a title with its abstract. */
export function termsOf(paper: Pick<Paper, 'title' | 'abstract'>): Set<string> {
  const terms = new Set<string>();
  for (const text of [paper.title, paper.abstract ?? '']) {
    let previous: string | null = null;
    eachWord(text, ({ stem }) => {
      terms.add(stem);
      if (previous !== null) terms.add(`${previous} ${stem}`);
      previous = stem;
    });
  }
  return terms;
}
