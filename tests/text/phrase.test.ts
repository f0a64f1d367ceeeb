import { describe, expect, it } from 'vitest';
import { occurrences } from '../../src/text/phrase.ts';
import { tokenize } from '../../src/text/tokens.ts';

describe('occurrences', () => {
  const tokens = tokenize('Graph networks: a graph network, LLMs and LLM graphs');

  it('finds adjacent stems wherever they begin', () => {
    const phrase = [{ by: 'stem', stem: 'graph' } as const, { by: 'stem', stem: 'network' } as const];
    expect(occurrences(tokens, phrase)).toEqual([0, 3]);
  });

  it('finds exact words without their other forms', () => {
    expect(occurrences(tokens, [{ by: 'exact', folded: 'llms' }])).toEqual([5]);
  });

  it('finds prefixes of the folded word', () => {
    expect(occurrences(tokens, [{ by: 'prefix', prefix: 'llm' }])).toEqual([5, 7]);
  });

  it('finds nothing in an empty text', () => {
    expect(occurrences([], [{ by: 'prefix', prefix: '' }])).toEqual([]);
  });
});
