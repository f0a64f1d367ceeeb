import { announcementsUntil, newYorkDay } from './calendar.ts';
import { parseMailDate } from './source-date.ts';

/** The ISO date that arXiv's page bears of the announcement that a mail sent at `dateHeader` brings; null when it is no date, or no such day. */
export function announcedInMail(dateHeader: string): string | null {
  const sentAtMs = parseMailDate(dateHeader);
  return sentAtMs === null ? null : (announcementsUntil(sentAtMs, { holidays: [] }).at(-1) ?? null);
}

/**
 * The same told from `received from  Wed  1 Mar 23 19:00:00 GMT  to  Thu  2 Mar 23 19:00:00 GMT`: the day after the evening of its end,
 * or the next working day. A holiday, which puts the announcement off, it does not tell.
 */
export function announcedForWindow(line: string): string | null {
  const end = /^ *received from +\S.*\S +to +(\S.*\S) *$/.exec(line)?.[1];
  const endMs = end === undefined ? null : parseMailDate(end);
  if (endMs === null) return null;
  let day = newYorkDay(endMs);
  do day = day.add({ days: 1 });
  while (day.dayOfWeek > friday);
  return day.toString();
}

const friday = 5;
