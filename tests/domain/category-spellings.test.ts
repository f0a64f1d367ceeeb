import { describe, expect, it } from 'vitest';
import { categorySpellings } from '../../src/domain/category-spellings.ts';

describe('categorySpellings', () => {
  it('gives all codes of a category, first the one that arXiv lists it under', () => {
    expect(['cs.SY', 'eess.sy', 'math.MP', 'cmp-lg'].map(categorySpellings)).toEqual([
      ['eess.sy', 'cs.sy'],
      ['eess.sy', 'cs.sy'],
      ['math-ph', 'math.mp'],
      ['cs.cl', 'cmp-lg'],
    ]);
  });

  it('leaves every other code alone', () => {
    expect(['cs.DC', 'cs', 'cs.QX', ''].map(categorySpellings)).toEqual([['cs.dc'], ['cs'], ['cs.qx'], ['']]);
  });
});
