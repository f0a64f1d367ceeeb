/**
 * arXiv's calendar: announcements come out at 20:00 in New York, Sunday to Thursday, and bear the date of the next day, a working day.
 * Source: https://info.arxiv.org/help/availability.html.
 */
const zone = 'America/New_York';
const announcedAt = '20:00';

/** The instant, in epoch milliseconds, at which the announcement dated `date` (ISO) comes out: 20:00 in New York the evening before. */
export function announcedAtMs(date: string): number {
  const evening = Temporal.PlainDate.from(date).subtract({ days: 1 });
  return evening.toZonedDateTime({ timeZone: zone, plainTime: announcedAt }).epochMilliseconds;
}

/**
 * ISO dates of the announcements that are out by `nowMs`, oldest first: those later than `after`, or only the latest without it.
 *
 * @param options.holidays ISO dates that arXiv said no announcement will bear. They are not waited for; but once a later one is out
 * they are listed like any missed day, for announced schedules have been wrong, and a day without papers is cheap to ask for.
 */
export function announcementsUntil(nowMs: number, options: { after?: string; holidays: readonly string[] }): string[] {
  const holidays = new Set(options.holidays);
  const today = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(zone).toPlainDate();
  const earliest = options.after ?? today.subtract({ days: longestPauseDays }).toString();
  const dates: string[] = [];
  for (let day = today.add({ days: 1 }); day.toString() > earliest; day = day.subtract({ days: 1 })) {
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
