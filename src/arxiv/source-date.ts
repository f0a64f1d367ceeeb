import { parsePageDate } from './page-date.ts';

/** Epoch milliseconds of `Thu, 26 Oct 2023 00:00:00 -0400`, the date form of mails and RSS; null for anything else. */
export function parseMailDate(text: string): number | null {
  const [, day, time, zone] = /^(\w{3}, \d{1,2} \w{3} \d{4}) (\d\d:\d\d:\d\d) (GMT|[+-]\d{4})$/.exec(text.trim()) ?? [];
  const date = parsePageDate(day ?? '');
  if (date === null || time === undefined || zone === undefined) return null;
  return parseInstant(`${date}T${time}${zone === 'GMT' ? 'Z' : zone}`);
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

/** ISO date of an instant in New York, arXiv's home: the day of an announcement. */
export function newYorkDay(atMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO('America/New_York').toPlainDate().toString();
}

export function utcDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
