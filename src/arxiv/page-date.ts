const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/**
 * The ISO date of `Friday, 23 May 2025` (listing page) or `Wed, 02 Feb 2011` (catch-up page).
 * Null when it is no such date, or when that day was another weekday: then the page is damaged.
 */
export function parsePageDate(text: string): string | null {
  const [, weekday, day, month, year] =
    /^([A-Z][a-z]{2,8}), (\d{1,2}) ([A-Z][a-z]{2,8}) (\d{4})$/.exec(text.trim()) ?? [];
  if (weekday === undefined || day === undefined || month === undefined || year === undefined) return null;
  return isoDate({ weekday, day, month, year });
}

/** The ISO date of a day as arXiv writes its parts, names in English, whole or three letters; null when there was no such day. */
export function isoDate(day: {
  readonly weekday: string | undefined;
  readonly day: string;
  readonly month: string;
  readonly year: string;
}): string | null {
  const monthIndex = months.indexOf(day.month.slice(0, 3).toLowerCase());
  const date = new Date(Date.UTC(Number(day.year), monthIndex, Number(day.day)));
  if (monthIndex < 0 || date.getUTCDate() !== Number(day.day)) return null;
  const isThatWeekday = [undefined, weekdays[date.getUTCDay()]].includes(day.weekday?.slice(0, 3).toLowerCase());
  return isThatWeekday ? date.toISOString().slice(0, 10) : null;
}
