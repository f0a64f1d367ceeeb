import { describe, expect, it } from 'vitest';
import { relevanceText } from '../../src/discord/relevance-text.ts';
import { whyLine } from '../../src/discord/why-line.ts';

const categories = ['cs.DC'];

describe('relevanceText', () => {
  it.each([
    [{ percentile: 0.939, categories }, 'more relevant than 93 % of recent cs.DC papers'],
    [{ percentile: 0.9999, categories: [] }, 'more relevant than 99.9 % of recent papers'],
    [{ percentile: 1, categories: ['cs.DC', 'cs.*'] }, 'more relevant than 99.9 % of recent cs.DC and cs.\\* papers'],
    [{ percentile: 0.99, categories: ['a', 'b', 'c'] }, 'more relevant than 99.0 % of recent papers of 3 categories'],
    [{ percentile: 0.009, categories }, ''],
    [null, ''],
    [undefined, ''],
  ])('says %o', (relevance, text) => {
    expect(relevanceText(relevance)).toBe(text);
  });
});

describe('whyLine', () => {
  const relevance = { percentile: 0.5, categories };
  const evidence = [
    { term: 'gossip', field: 'title', weight: 0.4 },
    { term: 'rumours', field: 'abstract', weight: 0.2 },
  ] as const;

  it('ends with how a paper compares with others', () => {
    expect(whyLine({ evidence, relevance }, 200)).toBe(
      'Why: **gossip** in the title, **rumours** in the abstract · more relevant than 50 % of recent cs.DC papers',
    );
    expect(whyLine({ evidence: [], relevance }, 200)).toBe('More relevant than 50 % of recent cs.DC papers');
  });

  it('says what was learned apart, after what was written, and leaves out what speaks against the paper', () => {
    const learned = [
      { term: 'related: push', field: 'abstract', weight: 0.5 },
      { term: 'learned: −survey', field: 'title', weight: -0.6 },
      { term: 'cs.DC', field: 'cat', weight: 0 },
    ] as const;
    expect(whyLine({ evidence: [...learned, evidence[0]], relevance: null }, 200)).toBe(
      'Why: **gossip** in the title, **cs.DC** as a category; related: **push** in the abstract',
    );
  });

  it('leaves out terms before that, and that before the last term', () => {
    expect(whyLine({ evidence, relevance }, 80)).toBe(
      'Why: **gossip** in the title · more relevant than 50 % of recent cs.DC papers',
    );
    expect(whyLine({ evidence, relevance }, 60)).toBe('Why: **gossip** in the title, **rumours** in the abstract');
    expect(whyLine({ evidence: [], relevance }, 20)).toBe('');
  });
});
