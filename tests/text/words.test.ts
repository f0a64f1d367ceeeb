import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWord } from '../../src/text/fold.ts';
import { stem } from '../../src/text/stem.ts';
import { tokenize } from '../../src/text/tokens.ts';
import { longWord } from '../../src/text/words.ts';

const read = (word: string) => tokenize(`(${word})`).map(({ folded, stem: found }) => ({ folded, stem: found }));
const reckoned = (word: string) => ({ folded: foldWord(word), stem: stem(foldWord(word)) });

describe('asciiWordAt and longWord', () => {
  it('give the same whatever they remember', () => {
    let wrong = 0;
    // More words than they have places for, some of them twice, short ones and long ones.
    for (let number = 0; number < 300_000; number += 1) {
      const word = `${number % 3 === 0 ? 'LongerWord' : 'W'}${number % 200_003}s`;
      wrong += read(word)[0]?.folded === word.toLowerCase() ? 0 : 1;
    }
    expect(wrong).toBe(0);
  });

  it('give every word its own folded form and stem', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,14}$/), (word) => {
        expect(read(word)).toEqual([reckoned(word)]);
        expect(read(word)).toEqual([reckoned(word)]);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), (word) => {
        expect(longWord(word)).toMatchObject(reckoned(word));
      }),
    );
  });

  it('tell words apart that differ in their length alone', () => {
    expect(['0', '00', '00000', '000000', 'a', 'aa'].map((word) => read(word)[0]?.folded)).toEqual([
      '0',
      '00',
      '00000',
      '000000',
      'a',
      'aa',
    ]);
  });
});
