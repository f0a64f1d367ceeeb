import { describe, expect, it } from 'vitest';
import { readCategories } from '../../src/commands/category.ts';

describe('readCategories', () => {
  it('takes codes between commas or blanks, in any case, each once', () => {
    expect(readCategories(' CS.dc, cs.LG cond-mat.SOFT;Hep-Th cs.dc')).toEqual({
      ok: true,
      value: ['cs.DC', 'cs.LG', 'cond-mat.soft', 'hep-th'],
    });
  });

  it('stores an alias under the code that arXiv lists it under', () => {
    expect(readCategories('cs.SY, math.mp')).toEqual({ ok: true, value: ['eess.SY', 'math-ph'] });
  });

  it('stores an archive of the nineties under the category that took it up', () => {
    expect(readCategories('cmp-lg, alg-geom')).toEqual({ ok: true, value: ['cs.CL', 'math.AG'] });
  });

  it('takes what suggestions leave in the field, with more behind it', () => {
    expect(readCategories('cs.DC — Distributed, Parallel, and Cluster Computing, cs.lg')).toEqual({
      ok: true,
      value: ['cs.DC', 'cs.LG'],
    });
    expect(readCategories('cs.DC, stat.ML — Machine Learning')).toEqual({ ok: true, value: ['cs.DC', 'stat.ML'] });
  });

  it('takes nothing for nothing', () => {
    expect(readCategories('  ')).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['cs', '`cs` is a whole archive; please name its categories, such as `cs.AI`.'],
    ['cs.*', '`cs` is a whole archive; please name its categories, such as `cs.AI`.'],
    ['hep-th.XX', '`hep-th` has no categories below it; please write just `hep-th`.'],
    ['xy.ZZ', 'arXiv has no archive “xy”. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
    ['test.soft', 'arXiv announces no new papers in `test.soft` (Test Soft) any more.'],
    ['cs.QQ', '“cs.QQ” is no arXiv category. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
    [
      'machine',
      'arXiv has no archive “machine”. Did you mean `cs.LG` (Machine Learning) or `stat.ML` (Machine Learning)?',
    ],
    ['cs.ML', '“cs.ML” is no arXiv category. Did you mean `stat.ML` (Machine Learning)?'],
    [
      'cs.sp',
      '“cs.sp” is no arXiv category. Did you mean `eess.SP` (Signal Processing) or `math.SP` (Spectral Theory)?',
    ],
    ['lg', 'arXiv has no archive “lg”. Did you mean `cs.LG` (Machine Learning)?'],
    ['hep.th', 'arXiv has no archive “hep”. Did you mean `hep-th` (High Energy Physics - Theory)?'],
    ['cs.D.C', '“cs.D.C” is no arXiv category. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
    ['`@everyone`', 'arXiv has no archive “everyone”. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
  ])('says what is wrong with %s', (written, error) => {
    expect(readCategories(written)).toEqual({ ok: false, error });
  });
});
