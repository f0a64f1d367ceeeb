import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcedAtMs, announcementsUntil } from '../../src/arxiv/calendar.ts';

const at = (iso: string) => Date.parse(iso);

describe('announcedAtMs', () => {
  it.each([
    ['2025-05-23', '2025-05-23T00:00:00Z'],
    ['2025-01-06', '2025-01-06T01:00:00Z'],
    // Clocks go forward on Sunday 9 March 2025 and back on Sunday 2 November 2025, in the morning.
    ['2025-03-07', '2025-03-07T01:00:00Z'],
    ['2025-03-10', '2025-03-10T00:00:00Z'],
    ['2025-10-31', '2025-10-31T00:00:00Z'],
    ['2025-11-03', '2025-11-03T01:00:00Z'],
  ])('is 20:00 in New York the evening before %s', (date, instant) => {
    expect(new Date(announcedAtMs(date)).toISOString()).toBe(new Date(instant).toISOString());
  });
});

describe('announcementsUntil', () => {
  const holidays: readonly string[] = [];

  it('gives the latest without `after`, from 20:00 in New York on', () => {
    expect(announcementsUntil(at('2025-05-22T23:59:59Z'), { holidays })).toEqual(['2025-05-22']);
    expect(announcementsUntil(at('2025-05-23T00:00:00Z'), { holidays })).toEqual(['2025-05-23']);
  });

  it('has none on Friday and Saturday evening', () => {
    expect(announcementsUntil(at('2025-05-24T12:00:00Z'), { holidays })).toEqual(['2025-05-23']);
    expect(announcementsUntil(at('2025-05-25T23:59:00Z'), { holidays })).toEqual(['2025-05-23']);
    expect(announcementsUntil(at('2025-05-26T00:00:00Z'), { holidays })).toEqual(['2025-05-26']);
  });

  it('gives all that came out after a date, oldest first', () => {
    expect(announcementsUntil(at('2025-05-28T00:30:00Z'), { after: '2025-05-22', holidays })).toEqual([
      '2025-05-23',
      '2025-05-26',
      '2025-05-27',
      '2025-05-28',
    ]);
    expect(announcementsUntil(at('2025-05-28T00:30:00Z'), { after: '2025-05-28', holidays })).toEqual([]);
  });

  it('does not wait for the day of a deferred announcement', () => {
    const christmas = ['2026-12-25', '2026-12-29', '2026-12-31', '2027-01-01'];
    expect(announcementsUntil(at('2026-12-25T12:00:00Z'), { holidays: christmas })).toEqual(['2026-12-24']);
    expect(announcementsUntil(at('2026-12-26T12:00:00Z'), { after: '2026-12-24', holidays: christmas })).toEqual([]);
    expect(announcementsUntil(at('2027-01-02T12:00:00Z'), { after: '2026-12-30', holidays: christmas })).toEqual([]);
  });

  it('asks for it once a later one is out, in case it came after all', () => {
    const holidays2026 = { after: '2026-12-24', holidays: ['2026-12-25', '2026-12-29'] };
    expect(announcementsUntil(at('2026-12-28T02:00:00Z'), holidays2026)).toEqual(['2026-12-25', '2026-12-28']);
  });

  it('crosses both changes of the clocks at the right hour', () => {
    expect(announcementsUntil(at('2025-03-09T23:59:00Z'), { holidays })).toEqual(['2025-03-07']);
    expect(announcementsUntil(at('2025-03-10T00:00:00Z'), { holidays })).toEqual(['2025-03-10']);
    expect(announcementsUntil(at('2025-11-03T00:59:00Z'), { holidays })).toEqual(['2025-10-31']);
    expect(announcementsUntil(at('2025-11-03T01:00:00Z'), { holidays })).toEqual(['2025-11-03']);
  });

  it('lists two years of downtime: every working day once', () => {
    const dates = announcementsUntil(at('2026-12-31T12:00:00Z'), { after: '2024-12-31', holidays });
    expect(dates).toHaveLength(261 + 261);
    expect(new Set(dates).size).toBe(dates.length);
    expect(dates.toSorted()).toEqual(dates);
  });

  it('continues where it stopped: asking twice gives what asking once gives', () => {
    const instant = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 60 * 24 * 3_600_000 }), (start, laterMs) => {
        const after = '2023-12-29';
        const first = announcementsUntil(start, { after, holidays });
        const rest = announcementsUntil(start + laterMs, { after: first.at(-1) ?? after, holidays });
        expect([...first, ...rest]).toEqual(announcementsUntil(start + laterMs, { after, holidays }));
        expect(first.every((date) => announcedAtMs(date) <= start)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
