import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../src/search/edit-distance.ts';

describe('editDistance', () => {
  it.each([
    ['graph', 'graph', 0],
    ['grpah', 'graph', 1],
    ['gaph', 'graph', 1],
    ['grraph', 'graph', 1],
    ['grapf', 'graph', 1],
    ['difusoin', 'diffusion', 2],
    ['abc', 'xyz', 3],
    ['', 'four', 3],
  ])('of %s and %s is %i, three standing for more than two', (a, b, distance) => {
    expect([editDistance(a, b, 2), editDistance(b, a, 2)]).toEqual([distance, distance]);
  });

  it('is at most two after two slips', () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    const slip = fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'change'));
    fc.assert(
      fc.property(word, slip, slip, (typed, ...slips) => {
        const changed = slips.reduce((text, [place, how]) => {
          const at = place % text.length;
          const letter = { drop: '', double: text.slice(at, at + 1).repeat(2), change: 'x' }[how] ?? '';
          return text.slice(0, at) + letter + text.slice(at + 1);
        }, typed);
        expect(editDistance(typed, changed, 2)).toBeLessThanOrEqual(2);
      }),
    );
  });
});
