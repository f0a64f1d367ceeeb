import { describe, expect, it } from 'vitest';
import { nearCategories } from '../../src/arxiv/near-categories.ts';

describe('nearCategories', () => {
  it.each([
    ['hep.th', ['hep-th']],
    ['cs.ML', ['stat.ML']],
    ['stat.lg', ['cs.LG']],
    ['ml', ['stat.ML']],
    ['cs.MG', ['math.MG']],
    ['cs.CO', ['astro-ph.CO', 'math.CO', 'stat.CO']],
    ['cs.VC', ['cs.CV']],
    ['cs.LGX', ['cs.LG']],
    ['physics.optic', ['physics.optics']],
    ['cond-mat.str', ['cond-mat.str-el']],
    ['cs.sp', ['eess.SP', 'math.SP']],
    ['physics.sy', ['eess.SY']],
  ])('finds what “%s” may mean', (written, codes) => {
    expect(nearCategories(written)).toEqual(codes);
  });

  it.each(['', 'x', 'cs', 'cs.', '.', 'cs.QQ', 'xy.ZZ', 'cooking', 'cs.D.C', 'cond-mat.s', 'ai*'])(
    'finds nothing near “%s”',
    (written) => {
      expect(nearCategories(written)).toEqual([]);
    },
  );
});
