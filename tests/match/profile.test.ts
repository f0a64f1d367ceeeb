import { describe, expect, it } from 'vitest';
import { profileTerms } from '../../src/match/profile.ts';
import { parseQuery } from '../../src/query/parse.ts';

const keys = (query: string, interests = ''): string[] => {
  const parsed = query === '' ? null : parseQuery(query);
  return profileTerms(parsed?.ok === true ? parsed.value : null, interests).map(({ key, count }) => `${key} ×${count}`);
};

describe('profileTerms', () => {
  it('takes what a query looks for, a phrase as one term, and nothing it excludes', () => {
    expect(keys('"graph neural networks" OR trees -survey')).toEqual(['graph neural network ×1', 'tree ×1']);
  });

  it('tells acronyms, prefixes and fields apart from words', () => {
    expect(keys('MPI molec* title:graph comments:icml cat:cs.LG author:hinton')).toEqual([
      '=mpi ×1',
      'molec* ×1',
      'title:graph ×1',
    ]);
  });

  it('takes words and pairs of interests, without words that carry no topic and across no comma', () => {
    expect(keys('', 'Graph networks, the theory of graphs')).toEqual([
      'graph ×2',
      'network ×1',
      'graph network ×1',
      'theori ×1',
    ]);
  });

  it('adds up what query and interests share', () => {
    expect(keys('graph', 'graphs')).toEqual(['graph ×2']);
  });

  it('keeps the words of the subscriber', () => {
    expect(profileTerms(null, 'Low-density codes').map(({ text }) => text)).toEqual([
      'Low',
      'density',
      'Low-density',
      'codes',
      'density codes',
    ]);
  });
});
