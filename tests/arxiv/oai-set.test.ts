import { describe, expect, it } from 'vitest';
import { archiveOfSet, categoryOfSet } from '../../src/arxiv/oai-set.ts';

describe('categoryOfSet', () => {
  it.each([
    ['cs:cs:DC', 'cs.DC'],
    ['physics:cond-mat:mtrl-sci', 'cond-mat.mtrl-sci'],
    ['physics:hep-th', 'hep-th'],
    ['math:math:MP', 'math-ph'],
    ['math', null],
  ])('reads %s', (set, category) => {
    expect(categoryOfSet(set)).toBe(category);
  });
});

describe('archiveOfSet', () => {
  it.each([
    ['cs:cs:DC', 'cs.DC'],
    ['physics:hep-th', 'hep-th'],
    ['cs:cs', 'cs'],
    ['math', 'math'],
    ['physics:physics', 'physics'],
    ['physics', 'grp_physics'],
  ])('reads %s', (set, archive) => {
    expect(archiveOfSet(set)).toBe(archive);
  });
});
