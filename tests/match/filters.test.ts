import { describe, expect, it } from 'vitest';
import { authorsFound, categoryKinds, kindHolds } from '../../src/match/filters.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { announce, compiled } from './build.ts';

const crossed = announce({ categories: ['cs.LG', 'cs.DC'], authors: ['Jane A. Hinton'] }, { 'cs.DC': 'cross' });

describe('kindHolds', () => {
  it('wants any of the kinds in any of the categories', () => {
    expect(kindHolds(compiled({ categories: ['math.*', 'cs.DC'] }), crossed)).toBe(true);
    expect(kindHolds(compiled({ categories: ['math.*', 'cs.DC'], kinds: ['new'] }), crossed)).toBe(false);
    expect(kindHolds(compiled({ kinds: ['cross'] }), crossed)).toBe(true);
    expect(kindHolds(compiled({ kinds: ['new'] }), crossed)).toBe(false);
  });
});

describe('categoryKinds', () => {
  it('tells what the paper is in each category, as the subscriber wrote it', () => {
    expect(categoryKinds(compiled({ categories: ['CS.dc', 'math'] }), crossed)).toEqual([
      { text: 'CS.dc', kind: 'cross' },
      { text: 'math', kind: null },
    ]);
  });
});

describe('authorsFound', () => {
  it('names who is among the authors', () => {
    expect(authorsFound(compiled({ authors: ['Nobody', 'J. Hinton'] }), analysePaper(crossed.paper))).toEqual([
      'J. Hinton',
    ]);
  });
});
