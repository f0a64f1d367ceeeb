import { describe, expect, it } from 'vitest';
import { categoryPattern, listingCode, parseCategory } from '../../src/arxiv/category.ts';

describe('parseCategory', () => {
  it.each([
    ['CS.dc', 'cs.DC'],
    ['cond-mat.SOFT', 'cond-mat.soft'],
    ['physics.Soc-Ph', 'physics.soc-ph'],
    ['Hep-Th', 'hep-th'],
    ['cs.SY', 'eess.SY'],
    ['math.mp', 'math-ph'],
  ])('reads %s as %s', (written, code) => {
    expect(parseCategory(written)).toEqual({ ok: true, value: code });
  });

  it.each([
    ['xy.ZZ', { kind: 'unknown-archive', archive: 'xy' }],
    ['', { kind: 'unknown-archive', archive: '' }],
    ['CS', { kind: 'whole-archive', archive: 'cs', example: 'cs.DC' }],
    ['hep-th.XX', { kind: 'undivided-archive', archive: 'hep-th' }],
    ['cs.DCX', { kind: 'no-category' }],
    ['cs.D.C', { kind: 'no-category' }],
    ['cs.', { kind: 'no-category' }],
    ['cs.L*', { kind: 'no-category' }],
  ])('says what is wrong with “%s”', (written, error) => {
    expect(parseCategory(written)).toEqual({ ok: false, error });
  });
});

describe('categoryPattern', () => {
  it.each([
    ['cs.dc', 'cs.DC'],
    [' CS.DC ', 'cs.DC'],
    ['CS.*', 'cs.*'],
    ['cs', 'cs'],
    ['cs.l*', 'cs.L*'],
    ['Physics.A*', 'physics.a*'],
    ['physics.soc-*', 'physics.soc-*'],
    ['HEP-TH', 'hep-th'],
    ['hep-th.*', 'hep-th'],
    ['cs.sy', 'eess.SY'],
    ['math.MP', 'math-ph'],
  ])('spells “%s” as arXiv does: %s', (text, pattern) => {
    expect(categoryPattern(text)).toBe(pattern);
  });

  it('changes nothing when asked twice', () => {
    for (const text of ['cs.dc', 'cs.*', 'cs', 'cs.l*', 'hep-th.*', 'cs.sy', 'math.mp']) {
      const pattern = categoryPattern(text) ?? '';
      expect(categoryPattern(pattern)).toBe(pattern);
    }
  });

  it.each(nonsense())('gives null for “%s”', (text) => {
    expect(categoryPattern(text)).toBeNull();
  });
});

describe('listingCode', () => {
  it.each([
    ['cs.DC', 'cs.DC'],
    ['cs.dc', 'cs.DC'],
    ['cs', 'cs'],
    ['cs.*', 'cs'],
    ['cs.L*', 'cs'],
    [' Cs.l* ', 'cs'],
    ['hep-th', 'hep-th'],
    ['hep-th.*', 'hep-th'],
    ['cs.SY', 'eess.SY'],
    ['math.MP', 'math-ph'],
  ])('says that “%s” is covered by the listing of %s', (pattern, code) => {
    expect(listingCode(pattern)).toBe(code);
  });

  it.each(nonsense())('gives null for “%s”', (text) => {
    expect(listingCode(text)).toBeNull();
  });
});

/** No pattern, or none that one listing covers: `hep-*` would need four. */
function nonsense(): readonly string[] {
  return [
    '',
    '*',
    'nonsense',
    'cs DC',
    'cs.D.C',
    'cs.',
    'cs.DCX',
    'cs.LGX*',
    'cs.**',
    'hep-*',
    'hep-th.t*',
    'physics.-a*',
  ];
}
