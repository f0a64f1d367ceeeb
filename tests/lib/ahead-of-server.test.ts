import { describe, expect, it } from 'vitest';
import { aheadOfServerMs } from '../../src/lib/ahead-of-server.ts';

const nowMs = Date.parse('2025-05-23T00:00:00Z');

describe('aheadOfServerMs', () => {
  it('compares with the date of an answer', () => {
    expect(aheadOfServerMs(new Headers({ date: 'Thu, 22 May 2025 23:58:00 GMT' }), nowMs)).toBe(120_000);
    expect(aheadOfServerMs(new Headers({ date: 'Fri, 23 May 2025 00:00:30 GMT' }), nowMs)).toBe(-30_000);
  });

  it('reckons with the age of an answer out of a cache', () => {
    expect(aheadOfServerMs(new Headers({ date: 'Thu, 22 May 2025 23:58:00 GMT', age: '120' }), nowMs)).toBe(0);
  });

  it('is null where the server does not tell, or not so that anybody could read it', () => {
    expect(aheadOfServerMs(new Headers(), nowMs)).toBeNull();
    expect(aheadOfServerMs(new Headers({ date: 'yesterday' }), nowMs)).toBeNull();
  });
});
