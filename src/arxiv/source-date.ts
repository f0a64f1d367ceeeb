import { isoDate } from './page-date.ts';

const mailDate =
  /^(?:([A-Z][a-z]{2}),? +)?(\d{1,2}) +([A-Z][a-z]{2}) +(\d{4}|\d{2}) +(\d{2}:\d{2}(?::\d{2})?) +(?:GMT|UTC?|Z|([+-]\d{4}))(?: *\([^()]*\))?$/;

/**
 * Epoch milliseconds of a date in the form of mails: `Thu, 26 Oct 2023 00:00:00 -0400` in RSS and OAI-PMH, `Fri,  3 Mar 23 01:29:12 GMT` in
 * arXiv's own. Null for anything else, and for a weekday that was another one.
 */
export function parseMailDate(text: string): number | null {
  const [, weekday, day, month, year, time, zone] = mailDate.exec(text.trim()) ?? [];
  if (day === undefined || month === undefined || year === undefined || time === undefined) return null;
  // arXiv writes years with two digits and began in 1991.
  const century = year.length === 4 ? '' : Number(year) >= 91 ? '19' : '20';
  const date = isoDate({ weekday, day, month, year: `${century}${year}` });
  return date === null ? null : parseInstant(`${date}T${time}${zone ?? 'Z'}`);
}

/** Epoch milliseconds of `2026-04-12T22:09:26Z` or `2023-10-26T00:00:00-04:00`; null for anything else. */
export function parseInstant(text: string): number | null {
  try {
    return Temporal.Instant.from(text.trim()).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export function utcDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
