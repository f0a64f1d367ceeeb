import { describe, expect, it } from 'vitest';
import { announcedForWindow, announcedInMail } from '../../src/arxiv/mail-date.ts';

describe('announcedInMail', () => {
  it.each([
    ['a winter evening', 'Fri,  3 Mar 23 01:29:12 GMT', '2023-03-03'],
    ['a summer evening', 'Fri,  9 Jun 23 00:44:20 GMT', '2023-06-09'],
    ['the Sunday when summer time begins', 'Mon, 13 Mar 23 00:43:00 GMT', '2023-03-13'],
    ['a mail that came after midnight in New York', 'Fri,  3 Mar 23 05:29:12 GMT', '2023-03-03'],
    ['a zone and four digits', 'Thu, 2 Mar 2023 20:29:12 -0500 (EST)', '2023-03-03'],
    ['the last century', 'Tue,  5 Jan 99 01:10:00 GMT', '1999-01-05'],
  ])('tells the day of %s', (_what, header, date) => {
    expect(announcedInMail(header)).toBe(date);
  });

  it.each([
    '',
    'yesterday',
    'Thu,  3 Mar 23 01:29:12 GMT',
    'Fri, 32 Mar 23 01:29:12 GMT',
    'Fri,  3 Mar 23 25:29:12 GMT',
    'Fri,  3 Mrz 23 01:29:12 GMT',
  ])('gives null for “%s”', (header) => {
    expect(announcedInMail(header)).toBeNull();
  });
});

describe('announcedForWindow', () => {
  it.each([
    ['a night', 'received from  Wed  1 Mar 23 19:00:00 GMT  to  Thu  2 Mar 23 19:00:00 GMT', '2023-03-03'],
    [
      'what comes on Sunday',
      ' received from  Thu  9 Mar 23 19:00:00 GMT  to  Fri 10 Mar 23 19:00:00 GMT',
      '2023-03-13',
    ],
    ['a weekend', 'received from  Fri 10 Mar 23 19:00:00 GMT  to  Mon 13 Mar 23 18:00:00 GMT', '2023-03-14'],
  ])('tells the day that %s is announced under', (_what, line, date) => {
    expect(announcedForWindow(line)).toBe(date);
  });

  it('gives null for anything else', () => {
    expect(announcedForWindow('received from  Wed  1 Mar 23 19:00:00 GMT')).toBeNull();
    expect(announcedForWindow('received from  Wed  1 Mar 23 19:00:00 GMT  to  Fri  2 Mar 23 19:00:00 GMT')).toBeNull();
  });
});
