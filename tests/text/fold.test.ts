import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWord } from '../../src/text/fold.ts';

describe('foldWord', () => {
  it.each([
    ['Molecule', 'molecule'],
    ['Grüning', 'gruning'],
    ['gru\u0308ning', 'gruning'],
    ['Erdős', 'erdos'],
    ['Łukasz', 'lukasz'],
    ['Møller', 'moller'],
    ['Weiß', 'weiss'],
    ['ẞ', 'ss'],
    ['Æther', 'aether'],
    ['İstanbul', 'istanbul'],
    ['ﬁeld', 'field'],
    ['𝐗²', 'x2'],
    ['½', '12'],
    ['ΣΑΣ', 'σασ'],
    ['ニューラル', 'ニューラル'],
    ['한국어', '한국어'],
    ['हिन्दी', 'हिन्दी'],
  ])('folds %s to %s', (word, folded) => {
    expect(foldWord(word)).toBe(folded);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (word) => {
        expect(foldWord(foldWord(word))).toBe(foldWord(word));
      }),
    );
  });
});
