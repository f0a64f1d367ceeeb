import { describe, expect, it } from 'vitest';
import { inverseDocumentFrequency, phraseIdf } from '../../src/match/inverse-document-frequency.ts';
import { noFrequencies } from './build.ts';

describe('inverseDocumentFrequency', () => {
  it('runs from 1 for a term in every paper to 1 + ln(1 + N) for one in none', () => {
    expect(inverseDocumentFrequency(99, 99)).toBe(1);
    expect(inverseDocumentFrequency(99, 0)).toBeCloseTo(1 + Math.log(100));
    expect(inverseDocumentFrequency(0, 0)).toBe(1);
  });
});

describe('phraseIdf', () => {
  const counts: Record<string, number> = { graph: 50, 'graph neural': 10, 'neural network': 20 };
  const frequencies = { documentCount: 100, of: (term: string) => counts[term] ?? 0 };

  it('asks for a word or a pair as it is, and for a longer run by its rarest pair', () => {
    expect(phraseIdf(['graph'], frequencies)).toBe(inverseDocumentFrequency(100, 50));
    expect(phraseIdf(['graph', 'neural'], frequencies)).toBe(inverseDocumentFrequency(100, 10));
    expect(phraseIdf(['graph', 'neural', 'network'], frequencies)).toBe(inverseDocumentFrequency(100, 10));
  });

  it('is the same for all where nothing is known', () => {
    expect(phraseIdf(['graph'], noFrequencies)).toBe(1);
    expect(phraseIdf(['graph', 'neural', 'network'], noFrequencies)).toBe(1);
  });
});
