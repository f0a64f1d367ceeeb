/**
 * arXiv's calendar: announcements come out at 20:00 in New York, Sunday to Thursday, and bear the date of the next day, a working day.
 * They hold what was submitted until 14:00 in New York of the last working day before their date.
 *
 * Holidays are ISO dates that arXiv said no announcement will bear; it puts off what they would have brought to the next one.
 * Source: https://info.arxiv.org/help/availability.html.
 */
const zone = 'America/New_York';
const announcedAt = '20:00';
const lookedForFrom = '20:05';
const submissionsCloseAt = '14:00';

/** The instant, in epoch milliseconds, at which the announcement dated `date` (ISO) comes out: 20:00 in New York the evening before. */
export function announcedAtMs(date: string): number {
  return eveningBefore(date, announcedAt);
}

/**
 * The instant, in epoch milliseconds, from which the announcement dated `date` (ISO) is worth looking for: 20:05 in New York the evening
 * before. It takes arXiv a while; in the first minutes its pages are yesterday's, or half made.
 */
export function lookedForFromMs(date: string): number {
  return eveningBefore(date, lookedForFrom);
}

/**
 * ISO date of the next announcement expected after `nowMs`: the first that is not out, neither at a weekend nor a holiday. From 20:00 in
 * New York on, the one that is then due counts as out.
 */
export function nextAnnouncement(nowMs: number, holidays: readonly string[]): string {
  const tomorrow = next(newYorkDay(nowMs));
  return expectedFrom(nowMs < announcedAtMs(tomorrow.toString()) ? tomorrow : next(tomorrow), holidays);
}

/**
 * ISO date of the announcement that a paper submitted at `submittedMs` belongs to, where nobody at arXiv holds it back: submitted before
 * 14:00 in New York on a working day, it comes out with the next listing after that day; later, or at a weekend, it counts for the next
 * working day. Where that listing falls on a holiday it is the next one.
 */
export function announcementOfSubmission(submittedMs: number, holidays: readonly string[]): string {
  const day = newYorkDay(submittedMs);
  const isOpen = submittedMs < at(day, submissionsCloseAt);
  return expectedFrom(next(workingDayFrom(isOpen ? day : next(day))), holidays);
}

/**
 * While the RSS feeds are of the announcement dated `date` (ISO): that whole day in New York, midnight to midnight, in epoch milliseconds,
 * `untilMs` no longer in it. So they follow the pages by four hours. 24 hours, but 23 or 25 on a day on which clocks change.
 */
export function feedWindow(date: string): { readonly fromMs: number; readonly untilMs: number } {
  const day = Temporal.PlainDate.from(date);
  return { fromMs: at(day, '00:00'), untilMs: at(next(day), '00:00') };
}

/**
 * ISO dates of the announcements that are out by `nowMs`, oldest first: those later than `after`, however long ago, or only the latest
 * without it.
 *
 * @param options.holidays They are not waited for; but once a later one is out they are listed like any missed day, for announced
 * schedules have been wrong, and a day without papers is cheap to ask for.
 */
export function announcementsUntil(nowMs: number, options: { after?: string; holidays: readonly string[] }): string[] {
  const holidays = new Set(options.holidays);
  const today = newYorkDay(nowMs);
  const earliest = options.after ?? today.subtract({ days: longestPauseDays }).toString();
  const dates: string[] = [];
  for (let day = next(today); day.toString() > earliest; day = day.subtract({ days: 1 })) {
    const date = day.toString();
    if (day.dayOfWeek > friday || announcedAtMs(date) > nowMs) continue;
    if (holidays.has(date) && dates.length === 0) continue;
    dates.push(date);
    if (options.after === undefined) break;
  }
  return dates.toReversed();
}

const friday = 5;

/** Farther back nobody looks for the latest announcement: arXiv's longest pause, over Christmas, is under a week. */
const longestPauseDays = 31;

/** The day it is in New York. */
export function newYorkDay(instantMs: number): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone).toPlainDate();
}

function at(day: Temporal.PlainDate, time: string): number {
  return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

function eveningBefore(date: string, time: string): number {
  return at(Temporal.PlainDate.from(date).subtract({ days: 1 }), time);
}

function next(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.add({ days: 1 });
}

function workingDayFrom(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek > friday ? workingDayFrom(next(day)) : day;
}

/** The first date from `day` on that an announcement is expected to bear. */
function expectedFrom(day: Temporal.PlainDate, holidays: readonly string[]): string {
  const date = workingDayFrom(day);
  return holidays.includes(date.toString()) ? expectedFrom(next(date), holidays) : date.toString();
}
