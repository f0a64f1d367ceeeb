import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
});
