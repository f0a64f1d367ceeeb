import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  announcedAtMs,
  announcementOfSubmission,
  announcementsUntil,
  feedWindow,
  lookedForFromMs,
  nextAnnouncement,
} from '../../src/arxiv/calendar.ts';
import { settingsSchema } from '../../src/config/settings.ts';

const at = (iso: string) => Date.parse(iso);
const shown = (instantMs: number) => new Date(instantMs).toISOString().replace(':00.000', '');
const published = settingsSchema.parse({}).arxiv.holidays;

/** Sundays of 2026 and 2027 on which New York's clocks change, at 2:00, and by how many hours UTC is ahead on that evening. */
const clockChanges = [
  { sunday: '2026-03-08', monday: '2026-03-09', ahead: 4, hours: 23 },
  { sunday: '2026-11-01', monday: '2026-11-02', ahead: 5, hours: 25 },
  { sunday: '2027-03-14', monday: '2027-03-15', ahead: 4, hours: 23 },
  { sunday: '2027-11-07', monday: '2027-11-08', ahead: 5, hours: 25 },
];
const anInstant = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-30T00:00:00Z') });
const sinceChristmas = (iso: string) => announcementsUntil(at(iso), { after: '2026-12-23', holidays: published });
const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

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

  describe('after downtime', () => {
    it('of a day, three days and three weeks gives every announcement since, over weekends and a holiday', () => {
      const now = at('2026-07-08T00:30:00Z');
      expect(announcementsUntil(now, { after: '2026-07-07', holidays: published })).toEqual(['2026-07-08']);
      expect(announcementsUntil(now, { after: '2026-07-05', holidays: published })).toEqual([
        '2026-07-06',
        '2026-07-07',
        '2026-07-08',
      ]);
      const threeWeeks = announcementsUntil(now, { after: '2026-06-17', holidays: published });
      expect(threeWeeks).toEqual([
        '2026-06-18',
        '2026-06-19',
        '2026-06-22',
        '2026-06-23',
        '2026-06-24',
        '2026-06-25',
        '2026-06-26',
        '2026-06-29',
        '2026-06-30',
        '2026-07-01',
        '2026-07-02',
        '2026-07-03',
        '2026-07-06',
        '2026-07-07',
        '2026-07-08',
      ]);
    });

    it('over Christmas does not wait for the days that are skipped, and asks for them afterwards', () => {
      expect(sinceChristmas('2026-12-27T12:00:00Z')).toEqual(['2026-12-24']);
      expect(sinceChristmas('2026-12-28T01:00:00Z')).toEqual(['2026-12-24', '2026-12-25', '2026-12-28']);
      expect(sinceChristmas('2027-01-03T12:00:00Z').at(-1)).toBe('2026-12-30');
      expect(sinceChristmas('2027-01-04T01:00:00Z')).toEqual([
        '2026-12-24',
        '2026-12-25',
        '2026-12-28',
        '2026-12-29',
        '2026-12-30',
        '2026-12-31',
        '2027-01-01',
        '2027-01-04',
      ]);
    });

    it.each(clockChanges)('over the change of the clocks of $sunday', ({ sunday, monday, ahead }) => {
      const eightOClock = at(`${monday}T0${ahead - 4}:00:00Z`);
      for (const days of [1, 3, 21]) {
        const after = shown(eightOClock - days * 86_400_000).slice(0, 10);
        const before = announcementsUntil(eightOClock - 1, { after, holidays: [] });
        expect(announcementsUntil(eightOClock, { after, holidays: [] })).toEqual([...before, monday]);
        expect(before).not.toContain(sunday);
        expect(before).toHaveLength({ 1: 0, 3: 0, 21: 14 }[days] ?? -1);
      }
    });
  });
});

describe('lookedForFromMs', () => {
  it.each<readonly [string, string]>([
    ['2026-07-08', '2026-07-08T00:05Z'],
    ['2026-12-01', '2026-12-01T01:05Z'],
    ...clockChanges.map(({ monday, ahead }) => [monday, `${monday}T0${ahead - 4}:05Z`] as const),
  ])('is 20:05 in New York the evening before %s', (date, instant) => {
    expect(shown(lookedForFromMs(date))).toBe(instant);
  });
});

describe('nextAnnouncement', () => {
  it.each([
    ['on a working day before eight, tomorrow’s', '2026-07-08T23:59:59Z', '2026-07-09'],
    ['from eight on, the one after', '2026-07-09T00:00:00Z', '2026-07-10'],
    ['in the small hours, tomorrow’s', '2026-07-09T05:00:00Z', '2026-07-10'],
    ['on Friday, Monday’s', '2026-07-10T12:00:00Z', '2026-07-13'],
    ['on Friday evening, Monday’s', '2026-07-11T01:00:00Z', '2026-07-13'],
    ['on Saturday evening, Monday’s', '2026-07-12T01:00:00Z', '2026-07-13'],
    ['on Sunday before eight, Monday’s', '2026-07-12T23:59:59Z', '2026-07-13'],
    ['on Sunday from eight on, Tuesday’s', '2026-07-13T00:00:00Z', '2026-07-14'],
    ['before a holiday, the one after it', '2026-07-02T12:00:00Z', '2026-07-06'],
    ['over Christmas, what is left of it', '2026-12-24T12:00:00Z', '2026-12-28'],
    ['between the years', '2026-12-28T12:00:00Z', '2026-12-30'],
    ['after the last of the year', '2026-12-30T12:00:00Z', '2027-01-04'],
  ])('is, %s', (_when, now, date) => {
    expect(nextAnnouncement(at(now), published)).toBe(date);
  });

  it.each(clockChanges)('changes at eight of New York’s clocks on $sunday', ({ monday, ahead }) => {
    const eightOClock = at(`${monday}T0${ahead - 4}:00:00Z`);
    expect(nextAnnouncement(eightOClock - 1, [])).toBe(monday);
    expect(nextAnnouncement(eightOClock, [])).not.toBe(monday);
    // Before and after the clocks themselves change, at 2:00 in the morning.
    const changed = eightOClock - 18 * 3_600_000;
    for (const hour of [-2, -1, 0, 1]) expect(nextAnnouncement(changed + hour * 3_600_000, [])).toBe(monday);
  });

  it('is the first to come out after now that is neither at a weekend nor a holiday', () => {
    fc.assert(
      fc.property(anInstant, (now) => {
        const date = nextAnnouncement(now, published);
        expect(announcedAtMs(date)).toBeGreaterThan(now);
        expect(announcementsUntil(announcedAtMs(date), { holidays: published })).toEqual([date]);
        expect(
          announcementsUntil(announcedAtMs(date) - 1, { holidays: published }).every(
            (one) => announcedAtMs(one) <= now,
          ),
        ).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('announcementOfSubmission', () => {
  it.each([
    ['Monday before two', '2026-07-06T17:59:59Z', '2026-07-07'],
    ['Monday at two', '2026-07-06T18:00:00Z', '2026-07-08'],
    ['Tuesday before two', '2026-07-07T17:59:59Z', '2026-07-08'],
    ['Wednesday before two', '2026-07-08T17:59:59Z', '2026-07-09'],
    ['Thursday before two', '2026-07-09T17:59:59Z', '2026-07-10'],
    ['Thursday at two', '2026-07-09T18:00:00Z', '2026-07-13'],
    ['Friday before two', '2026-07-10T17:59:59Z', '2026-07-13'],
    ['Friday at two', '2026-07-10T18:00:00Z', '2026-07-14'],
    ['Saturday', '2026-07-11T12:00:00Z', '2026-07-14'],
    ['Sunday', '2026-07-12T20:00:00Z', '2026-07-14'],
    ['the day before a holiday, before two', '2026-07-02T17:59:59Z', '2026-07-06'],
    ['a holiday before two, with those', '2026-07-03T17:59:59Z', '2026-07-06'],
    ['Christmas Eve', '2026-12-24T15:00:00Z', '2026-12-28'],
    ['in winter at two', '2026-12-01T19:00:00Z', '2026-12-03'],
    ['in winter before two', '2026-12-01T18:59:59Z', '2026-12-02'],
  ])('of a paper of %s', (_when, submitted, date) => {
    expect(announcementOfSubmission(at(submitted), published)).toBe(date);
  });

  it.each(clockChanges)('closes at two of New York’s clocks around $sunday', ({ sunday, monday, ahead }) => {
    const before = at(`${sunday}T00:00:00Z`) - 2 * 86_400_000;
    const fridayAtTwo = before + (14 + (ahead === 4 ? 5 : 4)) * 3_600_000;
    expect(announcementOfSubmission(fridayAtTwo - 1, [])).toBe(monday);
    expect(announcementOfSubmission(fridayAtTwo, [])).not.toBe(monday);
    const mondayAtTwo = at(`${monday}T00:00:00Z`) + (14 + ahead) * 3_600_000;
    expect(announcementOfSubmission(mondayAtTwo - 1, [])).toBe(announcementOfSubmission(fridayAtTwo, []));
    expect(announcementOfSubmission(mondayAtTwo, [])).not.toBe(announcementOfSubmission(fridayAtTwo, []));
  });

  it('comes out after it was submitted, on a day that is announced, and never before an earlier one', () => {
    fc.assert(
      fc.property(anInstant, fc.nat(5 * 86_400_000), (submitted, laterMs) => {
        const date = announcementOfSubmission(submitted, published);
        expect(announcedAtMs(date)).toBeGreaterThanOrEqual(submitted + 6 * 3_600_000);
        expect([1, 2, 3, 4, 5]).toContain(weekdayOf(date));
        expect(published).not.toContain(date);
        expect(announcementOfSubmission(submitted + laterMs, published) >= date).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('feedWindow', () => {
  it('is the day of New York that the feeds bear', () => {
    const { fromMs, untilMs } = feedWindow('2026-07-08');
    expect([shown(fromMs), shown(untilMs)]).toEqual(['2026-07-08T04:00Z', '2026-07-09T04:00Z']);
    expect(fromMs - announcedAtMs('2026-07-08')).toBe(4 * 3_600_000);
  });

  it.each(clockChanges)('has $hours hours on $sunday', ({ sunday, monday, hours }) => {
    const { fromMs, untilMs } = feedWindow(sunday);
    expect((untilMs - fromMs) / 3_600_000).toBe(hours);
    expect(feedWindow(monday).fromMs).toBe(untilMs);
  });
});

describe('the holidays of the settings', () => {
  it('are working days, in order, as many in 2027 as in 2026', () => {
    expect(published.toSorted()).toEqual(published);
    expect(published.filter((date) => ![1, 2, 3, 4, 5].includes(weekdayOf(date)))).toEqual([]);
    const of = (year: string) => published.filter((date) => date.startsWith(year));
    expect(of('2027')).toHaveLength(of('2026').length);
  });
});
