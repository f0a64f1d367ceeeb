import type { Day, FeedCheck } from '../domain/day.ts';
import { isSettled } from './try-day.ts';

export type DescribeDayDeps = {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Epoch milliseconds from which on the listing of an ISO date is looked for. */
  readonly lookedForFromMs: (date: string) => number;
};

/**
 * A day in words, in arXiv's time: `Fri 23 May: complete, 97 of 97 papers, posted 20:11 ET`,
 * `Fri 23 May: late by 40 min, last try 20:45 ET: still Thursday’s page`.
 */
export function describeDay(day: Day, deps: DescribeDayDeps): string {
  const date = Temporal.PlainDate.from(day.date);
  const name =
    part(date, { weekday: 'short' }) + part(date, { day: 'numeric' }) + part(date, { month: 'short' }).trim();
  const isThisYear = Math.abs(deps.nowMs - deps.lookedForFromMs(day.date)) < halfYearMs;
  return `${name}${isThisYear ? '' : ` ${date.year}`}: ${[...stateOf(day, deps), ...feedOf(day.check)].join(', ')}`;
}

const halfYearMs = 180 * 86_400_000;

function part(date: Temporal.PlainDate, options: Intl.DateTimeFormatOptions): string {
  return `${date.toLocaleString('en', options)} `;
}

function stateOf(day: Day, deps: DescribeDayDeps): string[] {
  const dueMs = deps.lookedForFromMs(day.date);
  switch (day.state) {
    case 'expected':
      if (deps.nowMs < dueMs) return [`expected from ${timeOf(dueMs, dueMs)}`];
      return [`late by ${spanOf(deps.nowMs - dueMs)}`, lastTry(day, dueMs)];
    case 'late':
      return [`late by ${spanOf(deps.nowMs - dueMs)}`, lastTry(day, dueMs)];
    case 'partial':
      return ['partial', papersOf(day), lastTry(day, dueMs)];
    case 'complete':
      return [
        'complete',
        papersOf(day),
        day.matchedAt === null ? 'not posted yet' : `posted ${timeOf(day.matchedAt, dueMs)}`,
      ];
    case 'empty':
      return isSettled(day, deps)
        ? ['empty: arXiv has no papers for that day']
        : [`empty so far, last try ${timeOf(day.triedAt ?? dueMs, dueMs)}`];
    default:
      return [day.found === null ? 'no announcement that day' : `left out: ${day.found}`];
  }
}

/** `97 of 97 papers`; what arXiv declares is left out where it does not. */
function papersOf({ papers, declared }: Day): string {
  return declared === null ? `${papers} papers` : `${papers} of ${declared} papers`;
}

function lastTry({ triedAt, found }: Day, dueMs: number): string {
  if (triedAt === null) return 'not tried yet';
  return `last try ${timeOf(triedAt, dueMs)}${found === null ? '' : `: ${found}`}`;
}

function feedOf(check: FeedCheck | null): string[] {
  if (check === null) return [];
  const differences = [
    ...(check.onlyListing.length > 0
      ? [`${check.onlyListing.length} missing in the feed (${only(check.onlyListing)})`]
      : []),
    ...(check.onlyFeed.length > 0 ? [`the feed has ${check.onlyFeed.length} more (${only(check.onlyFeed)})`] : []),
  ];
  switch (check.verdict) {
    case 'agrees':
      return ['the feed agrees'];
    case 'stale':
      return ['the feed is of another day'];
    case 'cut':
      return ['the feed is cut', ...differences];
    default:
      return differences;
  }
}

/** The first three of them. */
function only(ids: readonly string[]): string {
  return `${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''}`;
}

/** `40 min`, `3 h 20 min`, `4 days`. */
function spanOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.floor(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `20:11 ET`; with its day where that is not the one on which it was due, or the next morning. */
function timeOf(ms: number, dueMs: number): string {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('America/New_York');
  const time = `${at.toLocaleString('en-GB', { hour: '2-digit', minute: '2-digit' })} ET`;
  if (Math.abs(ms - dueMs) < 12 * 3_600_000) return time;
  const date = at.toPlainDate();
  return `${part(date, { weekday: 'short' })}${part(date, { day: 'numeric' })}${part(date, { month: 'short' })}${time}`;
}
