const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Fri 23 May 2025` of an ISO date; a text that is none stays as it is. */
export function readableDate(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(day.getTime())) return date;
  return `${weekdays[day.getUTCDay()]} ${day.getUTCDate()} ${months[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/** `May 2025` of an arXiv identifier, whose first digits are the month of the paper's first announcement; null where it has none. */
export function announcedMonth(paperId: string): string | null {
  const digits = /^(?:[a-z-]+(?:\.[A-Z]{2})?\/)?(\d\d)(\d\d)(?:\.\d{4,6}|\d{3})$/.exec(paperId);
  const month = months[Number(digits?.[2] ?? 0) - 1];
  if (digits === null || month === undefined) return null;
  // arXiv began in 1991.
  const year = Number(digits[1]) + (Number(digits[1]) >= 91 ? 1900 : 2000);
  return `${month} ${year}`;
}
