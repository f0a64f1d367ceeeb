import { describe, expect, it } from 'vitest';
import { parsePageDate } from '../../src/arxiv/page-date.ts';

describe('parsePageDate', () => {
  it('reads the dates of listing and catch-up pages', () => {
    expect(parsePageDate('Friday, 23 May 2025')).toBe('2025-05-23');
    expect(parsePageDate('Thursday, 3 February 2011')).toBe('2011-02-03');
    expect(parsePageDate('Wed, 02 Feb 2011')).toBe('2011-02-02');
  });

  it.each([
    'Thursday, 23 May 2025',
    'Friday, 31 February 2025',
    'Friday, 23 Mayor 202',
    '2025-05-23',
    'Fri, 23 Foo 2025',
  ])('gives null for “%s”', (text) => {
    expect(parsePageDate(text)).toBeNull();
  });
});
