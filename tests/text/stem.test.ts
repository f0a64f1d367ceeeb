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
});
