import { describe, expect, it } from 'vitest';
import { splitAuthors } from '../../src/arxiv/author-list.ts';

describe('splitAuthors', () => {
  it.each<[string, readonly string[]]>([
    ['Zhaoxin Xu, Heping Ying, and Xin Wan', ['Zhaoxin Xu', 'Heping Ying', 'Xin Wan']],
    ['Min Chen and Yuhong Yan', ['Min Chen', 'Yuhong Yan']],
    ['A. Doe & B. Roe', ['A. Doe', 'B. Roe']],
    ['A. Doe (1), B. Roe (1 and 2) ((1) X, Y; (2) Z)', ['A. Doe', 'B. Roe']],
    ['A. Doe (INAF, (Padova, Italy)), B. Roe', ['A. Doe', 'B. Roe']],
    ['The LHCb collaboration: R. Aaij, B. Adeva', ['The LHCb collaboration', 'R. Aaij', 'B. Adeva']],
    ['G. David Forney, Jr., Pascal O. Vontobel', ['G. David Forney Jr.', 'Pascal O. Vontobel']],
    ['A. Doe, et al.', ['A. Doe']],
    ['Alexander Anderson', ['Alexander Anderson']],
    ['A. Doe,\n  B. Roe', ['A. Doe', 'B. Roe']],
    ['', []],
  ])('parts %j', (line, names) => {
    expect(splitAuthors(line)).toEqual(names);
  });

  it('keeps the names behind a bracket that nothing closes', () => {
    expect(splitAuthors('A. Doe (Padova, B. Roe, C. Poe (Rome)')).toEqual(['A. Doe (Padova', 'B. Roe', 'C. Poe']);
    expect(splitAuthors('A. Doe), B. Roe')).toEqual(['A. Doe)', 'B. Roe']);
  });

  it('reads brackets however deep they nest', () => {
    const deep = 200_000;
    expect(splitAuthors(`A. Doe ${'('.repeat(deep)}x${')'.repeat(deep)}, B. Roe`)).toEqual(['A. Doe', 'B. Roe']);
  });
});
