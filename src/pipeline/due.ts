/**
 * When a post planned now is due: at once, or at the next full `hour` in `zone`.
 *
 * @param place.hour 0-23, or null for at once
 * @param place.zone IANA time zone
 * @param nowMs epoch milliseconds
 * @returns epoch milliseconds, ≥ nowMs; an hour that daylight saving skips comes an hour later
 */
export function dueAt(place: { readonly hour: number | null; readonly zone: string }, nowMs: number): number {
  if (place.hour === null) return nowMs;
  const now = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(place.zone);
  const today = now.toPlainDate().toZonedDateTime({ timeZone: place.zone, plainTime: { hour: place.hour } });
  const due = Temporal.ZonedDateTime.compare(today, now) >= 0 ? today : today.add({ days: 1 });
  return due.epochMilliseconds;
}
