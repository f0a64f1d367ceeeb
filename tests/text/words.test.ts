import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWord } from '../../src/text/fold.ts';
import { stem } from '../../src/text/stem.ts';
import { hashOf, wordAt } from '../../src/text/words.ts';

const read = (text: string, start = 0, end = text.length) => wordAt(text, start, end, hashOf(text, start, end));

describe('wordAt', () => {
  it('gives the word that stands there', () => {
    expect(read('(Molecules)', 1, 10)).toEqual({ written: 'Molecules', folded: 'molecules', stem: 'molecul' });
  });

  it('gives the same whatever it remembers', () => {
    let wrong = 0;
    // More words than it has places for, some of them twice.
    for (let number = 0; number < 300_000; number += 1) {
      const word = `Word${number % 200_003}s`;
      wrong += read(word).folded === word.toLowerCase() ? 0 : 1;
    }
    expect(wrong).toBe(0);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (word) => {
        const folded = foldWord(word);
        const found = { written: word, folded, stem: stem(folded) };
        expect(read(word)).toEqual(found);
        expect(read(`a ${word} b`, 2, 2 + word.length)).toEqual(found);
      }),
    );
  });

  it('tells words of one hash apart', () => {
    expect(hashOf('Aa', 0, 2)).toBe(hashOf('BB', 0, 2));
    expect([read('Aa'), read('BB'), read('Aa')].map(({ folded }) => folded)).toEqual(['aa', 'bb', 'aa']);
  });
});
