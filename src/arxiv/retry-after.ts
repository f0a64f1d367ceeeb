/**
 * How long an answer's Retry-After asks to wait, in real milliseconds, 0 or more; null where it asks for nothing that can be understood.
 *
 * It is seconds, or a date, which is compared with the date of the answer itself: the two clocks need not agree (RFC 9110, §10.2.3).
 *
 * @param nowMs epoch milliseconds of the machine, for an answer without a date
 */
export function retryAfterMs(headers: { get(name: string): string | null }, nowMs: number): number | null {
  const asked = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(asked)) return Number(asked) * 1_000;
  const untilMs = Date.parse(asked);
  if (Number.isNaN(untilMs)) return null;
  const answeredMs = Date.parse(headers.get('date') ?? '');
  return Math.max(0, untilMs - (Number.isNaN(answeredMs) ? nowMs : answeredMs));
}
