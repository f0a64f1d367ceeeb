import { describe, expect, it } from 'vitest';
import { canonicalCategory } from '../../src/arxiv/category-alias.ts';

describe('canonicalCategory', () => {
  it('gives the code that arXiv lists an alias under, in either direction of archives', () => {
    expect(['cs.SY', 'math.IT', 'math.MP'].map(canonicalCategory)).toEqual(['eess.SY', 'cs.IT', 'math-ph']);
  });

  it('leaves every other code alone', () => {
    expect(['eess.SY', 'cs.DC', 'hep-th', 'cs'].map(canonicalCategory)).toEqual(['eess.SY', 'cs.DC', 'hep-th', 'cs']);
  });
});
