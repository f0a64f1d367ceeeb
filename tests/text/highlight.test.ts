import { describe, expect, it } from 'vitest';
import { highlight } from '../../src/text/highlight.ts';
import type { Phrase, WordPattern } from '../../src/text/phrase.ts';
import { tokenize } from '../../src/text/tokens.ts';

const stems = (text: string): Phrase => tokenize(text).map((token): WordPattern => ({ by: 'stem', stem: token.stem }));
const marked = (text: string, ...phrases: Phrase[]): string[] =>
  highlight(text, phrases).map(({ start, end }) => text.slice(start, end));

describe('highlight', () => {
  it('marks words in every form, in order', () => {
    expect(marked('Molecules, a molecule.', stems('molecule'))).toEqual(['Molecules', 'molecule']);
  });

  it('marks a phrase with what stands between its words', () => {
    expect(marked('Low-density, low density; density', stems('low density'))).toEqual(['Low-density', 'low density']);
  });

  it('joins ranges that overlap', () => {
    expect(
      marked('deep graph neural networks', stems('graph neural'), stems('neural network'), stems('graph')),
    ).toEqual(['graph neural networks']);
  });

  it('marks prefixes whole', () => {
    expect(marked('The Molecular age', [{ by: 'prefix', prefix: 'molec' }])).toEqual(['Molecular']);
  });

  it('marks nothing where nothing stands', () => {
    expect(highlight('', [stems('graph')])).toEqual([]);
    expect(highlight('graph', [])).toEqual([]);
  });
});
