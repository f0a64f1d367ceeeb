import { describe, expect, it } from 'vitest';
import { announcedMonth, readableDate } from '../../src/discord/dates.ts';

describe('readableDate', () => {
  it('names day and month', () => {
    expect(readableDate('2025-05-23')).toBe('Fri 23 May 2025');
    expect(readableDate('2026-09-01')).toBe('Tue 1 Sep 2026');
  });

  it('leaves what is no date', () => {
    expect(readableDate('tomorrow')).toBe('tomorrow');
    expect(readableDate('2025-99-99')).toBe('2025-99-99');
  });
});

describe('announcedMonth', () => {
  it.each([
    ['2505.15988', 'May 2025'],
    ['0704.0001', 'Apr 2007'],
    ['hep-th/9901001', 'Jan 1999'],
    ['math.GT/0309136', 'Sep 2003'],
    ['2599.00001', null],
    ['x', null],
  ])('reads %s as %s', (id, month) => {
    expect(announcedMonth(id)).toBe(month);
  });
});
