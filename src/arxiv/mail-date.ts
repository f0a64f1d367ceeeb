import { announcementsUntil } from './calendar.ts';

const instantPattern =
  /^(?:([A-Z][a-z]{2}),? +)?(\d{1,2}) +([A-Z][a-z]{2}) +(\d{4}|\d{2}) +(\d{2}):(\d{2})(?::(\d{2}))? +(?:GMT|UTC?|Z|([+-])(\d{2})(\d{2}))(?: *\([^()]*\))?$/;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The ISO date that arXiv's page bears of the announcement that a mail sent at `dateHeader` brings; null when it is no date, or no such day. */
export function announcedInMail(dateHeader: string): string | null {
  const sentAtMs = mailInstant(dateHeader);
  return sentAtMs === null ? null : (announcementsUntil(sentAtMs, { holidays: [] }).at(-1) ?? null);
}

/**
 * The same told from `received from  Wed  1 Mar 23 19:00:00 GMT  to  Thu  2 Mar 23 19:00:00 GMT`: the day after the evening of its end,
 * or the next working day. A holiday, which puts the announcement off, it does not tell.
 */
export function announcedForWindow(line: string): string | null {
  const end = /^ *received from +\S.*\S +to +(\S.*\S) *$/.exec(line)?.[1];
  const endMs = end === undefined ? null : mailInstant(end);
  if (endMs === null) return null;
  let day = Temporal.Instant.fromEpochMilliseconds(endMs).toZonedDateTimeISO('America/New_York').toPlainDate();
  do day = day.add({ days: 1 });
  while (day.dayOfWeek > friday);
  return day.toString();
}

const friday = 5;

/** Epoch milliseconds of `Fri,  3 Mar 23 01:29:12 GMT`; a weekday that was another one means damage. */
function mailInstant(text: string): number | null {
  const [, weekday, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] =
    instantPattern.exec(text.trim()) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  // arXiv writes years with two digits and began in 1991.
  const fullYear = Number(year) + (year.length === 4 ? 0 : Number(year) >= 91 ? 1900 : 2000);
  const monthIndex = months.indexOf(month);
  const date = new Date(Date.UTC(fullYear, monthIndex, Number(day)));
  const isDay = monthIndex >= 0 && date.getUTCDate() === Number(day);
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second ?? 0) <= 60;
  if (!isDay || !isTime || (weekday !== undefined && weekdays[date.getUTCDay()] !== weekday)) return null;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0);
  const aheadOfUtc = (sign === '-' ? -1 : 1) * (Number(zoneHours ?? 0) * 3600 + Number(zoneMinutes ?? 0) * 60);
  return date.getTime() + (seconds - aheadOfUtc) * 1000;
}
