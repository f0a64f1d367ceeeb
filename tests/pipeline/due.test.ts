import { describe, expect, it } from 'vitest';
import { afterQuiet, dueAt, readyAt } from '../../src/pipeline/due.ts';

const at = (instant: string) => Date.parse(instant);

describe('dueAt', () => {
  it('is now without an hour', () => {
    expect(dueAt({ hour: null, quiet: null, zone: 'Europe/Berlin' }, 5)).toBe(5);
  });

  it('is the next time the clock of that zone shows the hour', () => {
    const berlin = { hour: 8, quiet: null, zone: 'Europe/Berlin' };
    expect(dueAt(berlin, at('2025-05-23T00:05:00Z'))).toBe(at('2025-05-23T06:00:00Z'));
    expect(dueAt(berlin, at('2025-05-23T06:00:00Z'))).toBe(at('2025-05-23T06:00:00Z'));
    expect(dueAt(berlin, at('2025-05-23T06:00:01Z'))).toBe(at('2025-05-24T06:00:00Z'));
  });

  it('follows daylight saving', () => {
    const newYork = { hour: 2, quiet: null, zone: 'America/New_York' };
    // On 9 March 2025 the clock went from 02:00 to 03:00 there.
    expect(dueAt(newYork, at('2025-03-09T06:30:00Z'))).toBe(at('2025-03-09T07:00:00Z'));
    expect(dueAt({ hour: 7, quiet: null, zone: 'America/New_York' }, at('2025-11-01T12:00:00Z'))).toBe(
      at('2025-11-02T12:00:00Z'),
    );
  });
});

describe('dueAt, where there are quiet hours', () => {
  const zone = 'Europe/Berlin';

  it('is the end of the quiet hours that it would lie in', () => {
    const quiet = { from: 22, until: 7 };
    expect(dueAt({ hour: null, quiet, zone }, at('2025-05-23T00:05:00Z'))).toBe(at('2025-05-23T05:00:00Z'));
    expect(dueAt({ hour: 6, quiet, zone }, at('2025-05-23T00:05:00Z'))).toBe(at('2025-05-23T05:00:00Z'));
    expect(dueAt({ hour: 9, quiet, zone }, at('2025-05-23T00:05:00Z'))).toBe(at('2025-05-23T07:00:00Z'));
  });
});

describe('afterQuiet', () => {
  const zone = 'Europe/Berlin';
  const night = { quiet: { from: 22, until: 7 }, zone };

  it('leaves a time alone without quiet hours', () => {
    expect(afterQuiet({ quiet: null, zone }, 5)).toBe(5);
  });

  it.each([
    ['2025-05-23T19:59:59Z', '2025-05-23T19:59:59Z'],
    ['2025-05-23T20:00:00Z', '2025-05-24T05:00:00Z'],
    ['2025-05-23T23:59:59Z', '2025-05-24T05:00:00Z'],
    ['2025-05-24T04:59:59Z', '2025-05-24T05:00:00Z'],
    ['2025-05-24T05:00:00Z', '2025-05-24T05:00:00Z'],
  ])('waits at %s over midnight until %s', (given, expected) => {
    expect(afterQuiet(night, at(given))).toBe(at(expected));
  });

  it('waits within a day', () => {
    const noon = { quiet: { from: 12, until: 14 }, zone };
    expect(afterQuiet(noon, at('2025-05-23T09:59:59Z'))).toBe(at('2025-05-23T09:59:59Z'));
    expect(afterQuiet(noon, at('2025-05-23T10:00:00Z'))).toBe(at('2025-05-23T12:00:00Z'));
    expect(afterQuiet(noon, at('2025-05-23T12:00:00Z'))).toBe(at('2025-05-23T12:00:00Z'));
  });

  it('counts by the clock on the wall where daylight saving begins or ends in the night', () => {
    // Berlin: 30 March 2025, 02:00 to 03:00; 26 October 2025, 03:00 to 02:00.
    expect(afterQuiet(night, at('2025-03-29T21:00:00Z'))).toBe(at('2025-03-30T05:00:00Z'));
    expect(afterQuiet(night, at('2025-10-25T20:00:00Z'))).toBe(at('2025-10-26T06:00:00Z'));
    // 02:30 comes twice; both are quiet until the only 03:00.
    const early = { quiet: { from: 2, until: 3 }, zone };
    for (const twice of ['2025-10-26T00:30:00Z', '2025-10-26T01:30:00Z']) {
      expect(afterQuiet(early, at(twice))).toBe(at('2025-10-26T02:00:00Z'));
    }
    // From 01:00 until 02:00, which is skipped: the end is what would be 02:00, now 03:00.
    expect(afterQuiet({ quiet: { from: 1, until: 2 }, zone }, at('2025-03-30T00:30:00Z'))).toBe(
      at('2025-03-30T01:00:00Z'),
    );
  });

  it('ends after a day at most, whatever the hours and the zone', () => {
    for (const place of ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']) {
      for (let from = 0; from < 24; from++) {
        for (const until of [0, 2, 3, 23].filter((hour) => hour !== from)) {
          const given = at('2025-03-30T00:30:00Z');
          const end = afterQuiet({ quiet: { from, until }, zone: place }, given);
          expect(end - given).toBeLessThanOrEqual(25 * 3_600_000);
          expect(afterQuiet({ quiet: { from, until }, zone: place }, end)).toBe(end);
        }
      }
    }
  });
});

describe('readyAt', () => {
  const announcedMs = at('2025-05-23T00:00:00Z');
  const hourMs = 3_600_000;

  it('is when it was read, for what comes at once, but a day after it came out at the latest', () => {
    expect(readyAt({ hour: null }, announcedMs, announcedMs + 5 * hourMs)).toBe(announcedMs + 5 * hourMs);
    expect(readyAt({ hour: null }, announcedMs, announcedMs + 50 * hourMs)).toBe(announcedMs + 24 * hourMs);
  });

  it('is when it came out, for what comes at an hour, however late it was read', () => {
    expect(readyAt({ hour: 8 }, announcedMs, announcedMs + 50 * hourMs)).toBe(announcedMs);
  });

  it('is now for what is brought by hand: of long ago, or before its time', () => {
    for (const nowMs of [announcedMs - 1, announcedMs + 8 * 24 * hourMs]) {
      expect(readyAt({ hour: null }, announcedMs, nowMs)).toBe(nowMs);
      expect(readyAt({ hour: 8 }, announcedMs, nowMs)).toBe(nowMs);
    }
  });
});
