/**
 * By how many milliseconds `nowMs` is ahead of the clock of the server that sent these headers just now, to a second or so; null where they do
 * not tell. An answer out of a cache bears the date at which it was made, and its age in seconds.
 */
export function aheadOfServerMs(headers: { get(name: string): string | null }, nowMs: number): number | null {
  const told = Date.parse(headers.get('date') ?? '');
  const ageMs = Number(headers.get('age') ?? 0) * 1_000;
  return Number.isNaN(told) ? null : nowMs - told - (Number.isFinite(ageMs) ? ageMs : 0);
}
