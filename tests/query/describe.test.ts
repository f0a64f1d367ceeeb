import { describe, expect, it } from 'vitest';
import { describeQuery } from '../../src/query/describe.ts';
import { query } from './build.ts';

describe('describeQuery', () => {
  it.each([
    ['molecules OR LLMs -survey*', 'any of: molecules (molecul…); exactly LLMs, without words that begin with survey'],
    ['graph', 'graph'],
    ['"Graph neural  networks"', '“Graph neural networks” (network…)'],
    ['low-density', '“low-density”'],
    ['ﬁ', 'ﬁ'],
    ['"MPI comm*"', '“MPI comm*” (exactly MPI, any word that begins with comm)'],
    ['title:graph -abstract:survey', 'graph in the title, without survey in the abstract'],
    ['a (b OR c) -(d e)', 'a and any of (b; c), without (d and e)'],
    ['a -(b OR c)', 'a, without any of (b; c)'],
    ['a NOT NOT b', 'a, without (without b)'],
    ['author:"J. Hinton" OR author:hint*', 'any of: by J. Hinton; by an author whose name begins with hint'],
    ['cat:cs.LG OR cat:cs OR cat:math.*', 'any of: in cs.LG; in cs; in math'],
    ['cat:cs.SY OR cat:physics.a*', 'any of: in cs.SY (which is eess.SY); in categories that begin with physics.a'],
    ['id:arXiv:2505.15988v2 OR id:2505.*', 'any of: paper 2505.15988; papers whose identifier begins with 2505.'],
  ])('reads %s as %s', (text, expected) => {
    expect(describeQuery(query(text))).toBe(expected);
  });
});
