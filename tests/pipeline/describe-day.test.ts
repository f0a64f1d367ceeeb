import { describe, expect, it } from 'vitest';
import type { Day, FeedCheck } from '../../src/domain/day.ts';
import { describeDay } from '../../src/pipeline/describe-day.ts';

const due = Date.parse('2025-05-23T00:05:00Z');

function words(given: Partial<Day>, now = '2025-05-23T01:00:00Z'): string {
  const day: Day = {
    archive: 'cs.DC',
    date: '2025-05-23',
    state: 'complete',
    papers: 97,
    counts: {},
    declared: 97,
    sources: ['html'],
    found: null,
    firstTriedAt: due,
    triedAt: due,
    readAt: due,
    matchedAt: Date.parse('2025-05-23T00:11:00Z'),
    check: null,
    ...given,
  };
  return describeDay(day, { nowMs: Date.parse(now), lookedForFromMs: () => due });
}

function checked(verdict: FeedCheck['verdict'], onlyListing: string[] = [], onlyFeed: string[] = []) {
  return { check: { verdict, checkedAt: due, onlyListing, onlyFeed } };
}

describe('describeDay', () => {
  it.each<[string, Partial<Day>]>([
    ['complete, 97 of 97 papers, posted 20:11 ET', {}],
    ['complete, 21 papers, posted 20:11 ET', { papers: 21, declared: null }],
    ['complete, 97 of 97 papers, posted Mon 26 May 09:30 ET', { matchedAt: Date.parse('2025-05-26T13:30:00Z') }],
    ['complete, 97 of 97 papers, not posted yet', { matchedAt: null }],
    ['partial, 60 of 97 papers, last try 20:45 ET', { state: 'partial', papers: 60, triedAt: due + 40 * 60_000 }],
    ['late by 55 min, not tried yet', { state: 'expected', triedAt: null }],
    ['empty so far, last try 20:05 ET', { state: 'empty', papers: 0 }],
    ['empty: arXiv has no papers for that day', { state: 'empty', papers: 0, triedAt: due + 12 * 3_600_000 }],
    ['empty: arXiv has no papers for that day, the feed agrees', { state: 'empty', papers: 0, ...checked('agrees') }],
    ['no announcement that day', { state: 'deferred' }],
    ['left out: arxiv: no such archive', { state: 'deferred', found: 'arxiv: no such archive' }],
    ['complete, 97 of 97 papers, posted 20:11 ET, the feed agrees', checked('agrees')],
    ['complete, 97 of 97 papers, posted 20:11 ET, the feed is of another day', checked('stale')],
    [
      'complete, 97 of 97 papers, posted 20:11 ET, 1 missing in the feed (2505.1), the feed has 4 more (a, b, c, …)',
      checked('differs', ['2505.1'], ['a', 'b', 'c', 'd']),
    ],
    ['complete, 97 of 97 papers, posted 20:11 ET, the feed is cut', checked('cut')],
  ])('says “%s”', (expected, given) => {
    expect(words(given)).toBe(`Fri 23 May: ${expected}`);
  });

  it('says from when on a day is expected', () => {
    expect(words({ state: 'expected', triedAt: null }, '2025-05-23T00:04:00Z')).toBe(
      'Fri 23 May: expected from 20:05 ET',
    );
  });

  it.each([
    ['2025-05-23T00:45:00Z', 'late by 40 min'],
    ['2025-05-23T03:05:00Z', 'late by 3 h'],
    ['2025-05-23T03:25:00Z', 'late by 3 h 20 min'],
    ['2025-05-27T00:45:00Z', 'late by 4 days'],
  ])('says at %s how late a listing is, and what was there instead', (now, late) => {
    const day: Partial<Day> = { state: 'late', papers: 0, found: 'still Thursday’s page', triedAt: due + 40 * 60_000 };
    expect(words(day, now)).toBe(`Fri 23 May: ${late}, last try 20:45 ET: still Thursday’s page`);
  });

  it('names the year where it is not this one', () => {
    expect(words({}, '2026-02-01T00:00:00Z')).toMatch(/^Fri 23 May 2025: complete/);
  });
});
