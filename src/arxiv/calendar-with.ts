import { announcedAtMs, announcementsUntil, feedWindow, lookedForFromMs } from './calendar.ts';

/** arXiv's calendar as the settings have it; instants are epoch milliseconds, dates ISO dates of announcements. */
export type AnnouncementCalendar = {
  announcedAtMs(date: string): number;
  lookedForFromMs(date: string): number;
  /** Whether arXiv said that no announcement will bear that date. */
  isHoliday(date: string): boolean;
  /** Whether the feeds are of that date, and have been for some minutes: they are made at midnight. */
  isInFeed(date: string, nowMs: number): boolean;
  /** Announcements out by `nowMs`, oldest first: of so many days back, or the last alone. */
  announcementsUntil(nowMs: number, onlyLatest: boolean): string[];
};

const feedMadeWithinMs = 10 * 60_000;
const dayMs = 24 * 60 * 60 * 1_000;

/** @param options.reachDays how many days back missed announcements are looked for */
export function calendarWith(options: {
  readonly holidays: readonly string[];
  readonly reachDays: number;
}): AnnouncementCalendar {
  const { holidays, reachDays } = options;
  return {
    announcedAtMs,
    lookedForFromMs,
    isHoliday: (date) => holidays.includes(date),
    isInFeed: (date, nowMs) => {
      const { fromMs, untilMs } = feedWindow(date);
      return nowMs >= fromMs + feedMadeWithinMs && nowMs < untilMs;
    },
    announcementsUntil: (nowMs, onlyLatest) => {
      const after = new Date(nowMs - reachDays * dayMs).toISOString().slice(0, 10);
      return announcementsUntil(nowMs, onlyLatest ? { holidays } : { after, holidays });
    },
  };
}
