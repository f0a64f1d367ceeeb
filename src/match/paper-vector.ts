import type { AnalysedPaper } from '../query/analyse.ts';
import { isStopWord } from '../text/stop-words.ts';
import type { Token } from '../text/tokens.ts';
import type { DocumentFrequencies } from './document-frequencies.ts';
import { inverseDocumentFrequency, phraseIdf } from './inverse-document-frequency.ts';

/** How often a term stands in each field. */
export type FieldCounts = { readonly title: number; readonly abstract: number };

/** A paper as relevance sees it: its words and pairs of adjacent words that carry a topic. */
export type PaperVector = {
  readonly paper: AnalysedPaper;
  readonly counts: ReadonlyMap<string, FieldCounts>;
  /** Sum of the squared weights of `counts`. */
  readonly squaredNorm: number;
  /** The norm that a paper with an abstract has on the mean; weights depend on what is known of frequencies, and so does this. */
  readonly typicalNorm: number;
};

/**
 * A paper's norm is that of so many terms which no other paper has.
 * Counted over the 78,736 papers of 2025 and 2026 that the shipped frequencies come from: 8.9.
 */
const termsOfTypicalNorm = 9;

/** A word in the title says twice as much as one in the abstract. */
const titleWeight = 2;

/** How often a term counts, title doubled. */
export function termFrequency(counts: FieldCounts): number {
  return titleWeight * counts.title + counts.abstract;
}

/**
 * The weight of a term: (1 + ln tf) · idf, 0 for tf 0. The tenth mention says less than the first.
 * Source: Manning, Raghavan & Schütze (2008), §6.4.1.
 */
export function termWeight(frequency: number, idf: number): number {
  return frequency > 0 ? (1 + Math.log(frequency)) * idf : 0;
}

/** Cost: O(words of the paper), once for all subscriptions. */
export function paperVector(paper: AnalysedPaper, frequencies: DocumentFrequencies): PaperVector {
  const counts = new Map<string, { stems: string[]; title: number; abstract: number }>();
  for (const field of ['title', 'abstract'] as const) {
    let previous: Token | null = null;
    for (const token of paper.tokens[field]) {
      const topical = !isStopWord(token.folded);
      if (topical) {
        count([token.stem], field);
        if (previous !== null) count([previous.stem, token.stem], field);
      }
      previous = topical ? token : null;
    }
  }
  let squaredNorm = 0;
  for (const term of counts.values()) {
    squaredNorm += termWeight(termFrequency(term), phraseIdf(term.stems, frequencies)) ** 2;
  }
  const rarest = inverseDocumentFrequency(frequencies.documentCount, 0);
  return { paper, counts, squaredNorm, typicalNorm: termsOfTypicalNorm * rarest };

  function count(stems: string[], field: 'title' | 'abstract'): void {
    const key = stems.join(' ');
    const known = counts.get(key) ?? { stems, title: 0, abstract: 0 };
    known[field] += 1;
    counts.set(key, known);
  }
}
