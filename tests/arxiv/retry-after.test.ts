import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/arxiv/retry-after.ts';

const nowMs = Date.parse('2011-02-03T01:00:00Z');

describe('retryAfterMs', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['seconds', { 'retry-after': '300' }, 300_000],
    ['none', { 'retry-after': '0' }, 0],
    ['a date', { 'retry-after': 'Thu, 03 Feb 2011 01:05:00 GMT' }, 300_000],
    [
      'a date, by the clock of the server',
      { 'retry-after': 'Thu, 03 Feb 2011 01:05:00 GMT', date: 'Thu, 03 Feb 2011 01:04:00 GMT' },
      60_000,
    ],
    ['a date that has passed', { 'retry-after': 'Thu, 03 Feb 2011 00:05:00 GMT' }, 0],
    ['nothing', {}, null],
    ['an empty text', { 'retry-after': ' ' }, null],
    ['what is neither', { 'retry-after': 'soon' }, null],
  ])('understands %s', (_what, headers, expected) => {
    expect(retryAfterMs(new Headers(headers), nowMs)).toBe(expected);
  });
});
