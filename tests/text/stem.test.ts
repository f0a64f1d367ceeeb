import * as fc from 'fast-check';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { describe, expect, it } from 'vitest';
import { stem } from '../../src/text/stem.ts';

describe('stem', () => {
  it.each([
    ['molecules', 'molecul'],
    ['molecule', 'molecul'],
    ['federated', 'feder'],
    ['networks', 'network'],
    ['as', 'as'],
    ['2505', '2505'],
    ['toString', 'tostr'],
  ])('reduces %s to %s', (word, reduced) => {
    expect(stem(word)).toBe(reduced);
    expect(stem(word)).toBe(reduced);
  });

  it('leaves alone what is too long to be a word', () => {
    expect(stem('ing'.repeat(20_000))).toBe('ing'.repeat(20_000));
  });

  it('agrees with the stemmer as a whole', () => {
    const endings = ['', 's', 'ies', 'eed', 'ing', 'y', 'ational', 'ousness', 'alize', 'ement', 'ion', 'e', 'll', '9'];
    const words = fc.tuple(
      fc.stringMatching(/^[a-z0-9]{0,8}$/),
      fc.constantFrom(...endings),
      fc.constantFrom(...endings),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const word = parts.join('');
        expect(stem(word)).toBe(porter.stem(word));
      }),
      { numRuns: 2_000 },
    );
  });

  it('agrees with the stemmer on every pair of suffixes after every kind of beginning', () => {
    const suffixes =
      `s es ies eed ed ing y ational tional enci anci izer abli bli alli entli eli ousli ization ation ator alism iveness
      fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance ence er ic able ible ant ement ment ent ou ism
      ate iti ous ive ize sion tion ion e ll l at bl iz ss`.split(/\s+/);
    const beginnings = ['a', 'tr', 'rel', 'oper', 'hopp', 'generaliz', 'y', 'sky', 'fil', 'é', '9'];
    const words = beginnings.flatMap((beginning) =>
      suffixes.flatMap((first) => [beginning + first, ...suffixes.map((second) => beginning + first + second)]),
    );
    expect(words.filter((word) => word.length > 2 && stem(word) !== porter.stem(word))).toEqual([]);
  });
});
