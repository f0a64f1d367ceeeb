import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { threadName } from '../../src/discord/thread-name.ts';
import { aPaper } from '../builders/domain.ts';
import { nastyShown } from './nasty.ts';

const shown = (title: string) => ({ paper: aPaper({ id: '2505.1', title }), kind: 'new', evidence: [] }) as const;

describe('threadName', () => {
  it('is the title of a paper as people read it', () => {
    expect(threadName([shown('Counting in $O(n^2)$ *steps*:\n  a survey')], '2025-05-23')).toBe(
      'Counting in O(n²) *steps*: a survey',
    );
  });

  it('is cut at a word, and names the paper where it has no title', () => {
    expect(threadName([shown(`${'word '.repeat(19)}endless words`)], null)).toBe(`${'word '.repeat(18)}word…`);
    expect(threadName([shown(' ')], null)).toBe('arXiv:2505.1');
  });

  it('says of several how many there are', () => {
    expect(threadName([shown('A'), shown('B')], '2025-05-23')).toBe('2 papers · Fri 23 May 2025');
    expect(threadName([shown('A'), shown('B')], null)).toBe('2 papers');
  });

  it('has 1 to 100 characters, whatever the papers hold', () => {
    fc.assert(
      fc.property(fc.array(nastyShown, { minLength: 1, maxLength: 10 }), (papers) => {
        const name = threadName(papers, '2025-05-23');
        expect(name.trim()).not.toBe('');
        expect(Array.from(name).length).toBeLessThanOrEqual(100);
      }),
    );
  });
});
