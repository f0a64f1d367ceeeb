import { describe, expect, it } from 'vitest';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';

describe('countDocumentFrequencies', () => {
  it('counts papers, not occurrences, by stem and by pair within a field', () => {
    const frequencies = countDocumentFrequencies([
      { title: 'Graph networks', abstract: 'Graph networks on graphs' },
      { title: 'A graph', abstract: null },
      { title: 'Trees', abstract: 'Network' },
    ]);
    expect(frequencies.documentCount).toBe(3);
    expect(
      ['graph', 'network', 'graph network', 'network graph', 'tree network', 'forest'].map((term) =>
        frequencies.of(term),
      ),
    ).toEqual([2, 2, 1, 0, 0, 0]);
  });

  it('knows nothing of no papers', () => {
    const frequencies = countDocumentFrequencies([]);
    expect([frequencies.documentCount, frequencies.of('graph')]).toEqual([0, 0]);
  });
});
