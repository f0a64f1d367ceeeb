import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  categoryPattern,
  listingCode,
  listingNamed,
  meansCategories,
  parseCategory,
} from '../../src/arxiv/category.ts';
import { categories } from '../../src/arxiv/taxonomy.ts';

describe('parseCategory', () => {
  it.each([
    ['CS.dc', 'cs.DC'],
    ['cond-mat.SOFT', 'cond-mat.soft'],
    ['physics.Soc-Ph', 'physics.soc-ph'],
    ['Hep-Th', 'hep-th'],
    ['cs.SY', 'eess.SY'],
    ['math.mp', 'math-ph'],
    ['stat.TH', 'math.ST'],
    ['math.IT', 'cs.IT'],
    ['q-fin.EC', 'econ.GN'],
    ['cs.NA', 'math.NA'],
    ['cmp-lg', 'cs.CL'],
    ['ALG-GEOM', 'math.AG'],
    ['mtrl-th', 'cond-mat.mtrl-sci'],
    ['bayes-an', 'physics.data-an'],
  ])('reads %s as %s', (written, code) => {
    expect(parseCategory(written)).toEqual({ ok: true, value: code });
  });

  it.each([
    ['xy.ZZ', { kind: 'unknown-archive', archive: 'xy' }],
    ['', { kind: 'unknown-archive', archive: '' }],
    ['CS', { kind: 'whole-archive', archive: 'cs', example: 'cs.AI' }],
    ['hep-th.XX', { kind: 'undivided-archive', archive: 'hep-th' }],
    ['cond-mat', { kind: 'whole-archive', archive: 'cond-mat', example: 'cond-mat.dis-nn' }],
    ['physics', { kind: 'whole-archive', archive: 'physics', example: 'physics.acc-ph' }],
    ['cmp-lg.XX', { kind: 'undivided-archive', archive: 'cmp-lg' }],
    ['grp_physics', { kind: 'unknown-archive', archive: 'grp_physics' }],
    ['test', { kind: 'inactive', code: 'test', name: 'Test' }],
    ['test.SOFT', { kind: 'inactive', code: 'test.soft', name: 'Test Soft' }],
    ['cs.QQ', { kind: 'no-category' }],
    ['physics.optic', { kind: 'no-category' }],
    ['cs.DCX', { kind: 'no-category' }],
    ['cs.D.C', { kind: 'no-category' }],
    ['cs.', { kind: 'no-category' }],
    ['cs.L*', { kind: 'no-category' }],
    ['cs.*', { kind: 'whole-archive', archive: 'cs', example: 'cs.AI' }],
    ['hep-th.*', { kind: 'undivided-archive', archive: 'hep-th' }],
  ])('says what is wrong with “%s”', (written, error) => {
    expect(parseCategory(written)).toEqual({ ok: false, error });
  });
});

describe('parseCategory, of every category', () => {
  it('gives a code that it reads as itself, or says that there is nothing', () => {
    for (const { code, canonical } of categories.values()) {
      const read = parseCategory(code);
      expect(read.ok ? [read.value] : ['whole-archive', 'inactive'], code).toContain(
        read.ok ? canonical : read.error.kind,
      );
    }
  });

  it('throws at nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseCategory(text).ok && categoryPattern(text) === null).toBe(false);
      }),
    );
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
    ['physics', 'physics'],
    ['astro-ph.*', 'astro-ph.*'],
    ['alg-geom', 'math.AG'],
    ['alg-geom.*', 'math.AG'],
    ['cs.sy*', 'eess.SY'],
    ['math.m*', 'math.M*'],
    ['cs.lg*', 'cs.LG*'],
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
    'cs.QQ',
    'cs.q*',
    'grp_physics',
    'test',
    'test.*',
    'test.soft',
    'bad-arch.*',
    'physics.-a*',
  ];
}

describe('meansCategories', () => {
  it.each(['cs.DC', 'cs', 'cs.*', 'cs.l*', 'hep-*', 'HEP-*', 'cs.SY', 'c*'])('is true for %s', (text) => {
    expect(meansCategories(text)).toBe(true);
  });

  it.each(['cs.QQ', 'xy', 'xy-*', 'test.soft', '*', ''])('is false for “%s”', (text) => {
    expect(meansCategories(text)).toBe(false);
  });
});

describe('listingNamed', () => {
  it.each([
    ['Computer Science', 'cs'],
    ['Economics', 'econ'],
    ['Algebraic Geometry', 'math.AG'],
    ['Systems and Control', 'eess.SY'],
    ['High Energy Physics - Theory', 'hep-th'],
    ['Astrophysics', 'astro-ph'],
    ['Machine Learning', null],
    ['Physics', null],
    ['Materials Theory', 'cond-mat.mtrl-sci'],
    ['Test', null],
    ['Alchemy', null],
  ])('reads the heading “%s”', (name, code) => {
    expect(listingNamed(name)).toBe(code);
  });
});
