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
});
