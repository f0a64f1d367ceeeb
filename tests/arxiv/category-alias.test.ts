import { describe, expect, it } from 'vitest';
import { canonicalCategory } from '../../src/arxiv/category-alias.ts';

describe('canonicalCategory', () => {
  it('gives the code that arXiv lists an alias under, in either direction of archives', () => {
    expect(['cs.SY', 'math.IT', 'math.MP'].map(canonicalCategory)).toEqual(['eess.SY', 'cs.IT', 'math-ph']);
  });

  it('gives the category that took up an archive', () => {
    expect(['cmp-lg', 'alg-geom', 'supr-con'].map(canonicalCategory)).toEqual([
      'cs.CL',
      'math.AG',
      'cond-mat.supr-con',
    ]);
  });

  it('leaves a code alone that is in no taxonomy yet', () => {
    expect(['cs.QX', 'al-chem', 'grp_physics', ''].map(canonicalCategory)).toEqual([
      'cs.QX',
      'al-chem',
      'grp_physics',
      '',
    ]);
  });

  it('leaves every other code alone', () => {
    expect(['eess.SY', 'cs.DC', 'hep-th', 'cs'].map(canonicalCategory)).toEqual(['eess.SY', 'cs.DC', 'hep-th', 'cs']);
  });
});
