import { isQuietAt } from '../domain/subscription.ts';
import type { StoredSubscription } from '../domain/subscription.ts';

type Place = Pick<StoredSubscription, 'hour' | 'quiet' | 'zone'>;

/**
 * When a post that is ready at `readyMs` is due: at once, or at the next full `hour` in `zone`; not in quiet hours.
 *
 * @param readyMs epoch milliseconds
 * @returns epoch milliseconds, ≥ readyMs; an hour that daylight saving skips comes an hour later
 */
export function dueAt(place: Place, readyMs: number): number {
  return afterQuiet(place, place.hour === null ? readyMs : nextHour(place.hour, place.zone, readyMs));
}

/** A listing that is older when it is read was brought by hand: nobody waited for it. */
const reachMs = 7 * 24 * 3_600_000;

/** By then the next announcement may come out, and a post of this one is late. */
const newsForMs = 24 * 3_600_000;

/**
 * When the posts of an announcement are ready: what comes at an hour when it came out, so that the hour of that day counts however late the
 * listing was read; what comes at once when it was read, but at most a day later, so that what downtime held up shows as late.
 *
 * @param announcedMs when it came out, epoch milliseconds
 */
export function readyAt({ hour }: Pick<Place, 'hour'>, announcedMs: number, nowMs: number): number {
  if (nowMs < announcedMs || nowMs - announcedMs > reachMs) return nowMs;
  return hour === null ? Math.min(nowMs, announcedMs + newsForMs) : announcedMs;
}

/** `atMs`, or the end of the quiet hours it lies in, in epoch milliseconds. */
export function afterQuiet({ quiet, zone }: Pick<Place, 'quiet' | 'zone'>, atMs: number): number {
  if (quiet === null) return atMs;
  return isQuietAt(quiet, zoned(atMs, zone).hour) ? nextHour(quiet.until, zone, atMs) : atMs;
}

function nextHour(hour: number, zone: string, afterMs: number): number {
  const after = zoned(afterMs, zone);
  const today = after.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: { hour } });
  if (Temporal.ZonedDateTime.compare(today, after) >= 0) return today.epochMilliseconds;
  return after.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime: { hour } })
    .epochMilliseconds;
}

function zoned(ms: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
}
