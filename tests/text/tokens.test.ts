import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWord } from '../../src/text/fold.ts';
import { tokenize } from '../../src/text/tokens.ts';

describe('tokenize', () => {
  it('gives words with stems and offsets', () => {
    expect(tokenize('Low-density codes')).toEqual([
      { folded: 'low', stem: 'low', start: 0, end: 3 },
      { folded: 'density', stem: 'densiti', start: 4, end: 11 },
      { folded: 'codes', stem: 'code', start: 12, end: 17 },
    ]);
  });

  it('keeps combining marks in their word and counts UTF-16 code units', () => {
    expect(tokenize('😀 gru\u0308ning')).toEqual([{ folded: 'gruning', stem: 'grune', start: 3, end: 11 }]);
  });

  it('gives ascending stretches of the text that each hold one word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let previous = 0;
        for (const { folded, start, end } of tokenize(text)) {
          expect(start).toBeGreaterThanOrEqual(previous);
          expect(end).toBeGreaterThan(start);
          expect(tokenize(text.slice(start, end)).map((token) => token.folded)).toEqual([folded]);
          previous = end;
        }
      }),
    );
  });

  it('cuts as the definition of a word does', () => {
    const signs = [
      'a',
      'Z',
      '0',
      ' ',
      '-',
      '_',
      '.',
      '\u00e9',
      '\u0301',
      '\u00df',
      '\u{1d417}',
      '\u00bd',
      '\u4e2d',
      '\u0939',
      '\u093f',
      '\u{1f600}',
      '\ud835',
      '\udc00',
    ];
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...signs)).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const runs = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu)].filter(([run]) => foldWord(run) !== '');
        expect(tokenize(text).map(({ start, end }) => [start, text.slice(start, end)])).toEqual(
          runs.map((run) => [run.index, run[0]]),
        );
      }),
    );
  });
});
