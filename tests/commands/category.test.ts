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

  it('takes nothing for nothing', () => {
    expect(readCategories('  ')).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['cs', '`cs` is a whole archive; please name its categories, such as `cs.DC`.'],
    ['hep-th.XX', '`hep-th` has no categories below it; please write just `hep-th`.'],
    ['xy.ZZ', 'arXiv has no archive “xy”. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
    ['cs.DCX', '“cs.DCX” is no arXiv category. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
    ['cs.D.C', '“cs.D.C” is no arXiv category. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
    ['`@everyone`', 'arXiv has no archive “everyone”. A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.'],
  ])('says what is wrong with %s', (written, error) => {
    expect(readCategories(written)).toEqual({ ok: false, error });
  });
});
