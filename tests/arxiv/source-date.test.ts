import { describe, expect, it } from 'vitest';
import { newYorkDay } from '../../src/arxiv/calendar.ts';
import { parseInstant, parseMailDate, utcDay } from '../../src/arxiv/source-date.ts';

describe('parseMailDate', () => {
  it.each([
    ['Thu, 26 Oct 2023 00:00:00 -0400', '2023-10-26T04:00:00.000Z'],
    ['Wed, 02 Feb 2011 16:38:26 GMT', '2011-02-02T16:38:26.000Z'],
    ['Wed, 2 Feb 2011 16:38:26 +0000', '2011-02-02T16:38:26.000Z'],
  ])('reads %s', (text, instant) => {
    expect(new Date(parseMailDate(text) ?? Number.NaN).toISOString()).toBe(instant);
  });

  it.each([
    '',
    'Thu, 26 Oct 2023',
    'Fri, 26 Oct 2023 00:00:00 -0400',
    'Thu, 31 Feb 2023 00:00:00 GMT',
    'Thu, 26 Oct 2023 25:00:00 GMT',
  ])('is null for “%s”', (text) => {
    expect(parseMailDate(text)).toBeNull();
  });
});

describe('parseInstant', () => {
  it('reads an instant with its offset', () => {
    expect(parseInstant('2023-10-26T00:00:00-04:00')).toBe(Date.UTC(2023, 9, 26, 4));
    expect(parseInstant('2026-04-12T22:09:26Z')).toBe(Date.UTC(2026, 3, 12, 22, 9, 26));
  });

  it.each(['', '2026-04-12', '2026-02-31T00:00:00Z', '2026-04-12T22:09:26'])('is null for “%s”', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('newYorkDay and utcDay', () => {
  it('differ in the evening', () => {
    const evening = Date.UTC(2026, 8, 25, 3);
    expect(newYorkDay(evening).toString()).toBe('2026-09-24');
    expect(utcDay(evening)).toBe('2026-09-25');
  });
});
