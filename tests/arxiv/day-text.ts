/** `Friday, 23 May 2025`, as a listing page names its day. */
export function listingDay(date: string): string {
  return dayText(date, 'long');
}

/** `Fri, 23 May 2025`, as a catch-up page does. */
export function catchUpDay(date: string): string {
  return dayText(date, 'short');
}

function dayText(date: string, length: 'long' | 'short'): string {
  const day = Temporal.PlainDate.from(date);
  const part = (options: Intl.DateTimeFormatOptions) => day.toLocaleString('en', options);
  const number = length === 'long' ? part({ day: 'numeric' }) : part({ day: '2-digit' });
  return `${part({ weekday: length })}, ${number} ${part({ month: length })} ${day.year}`;
}
