/** Real seconds since `started` (of `performance.now()`), to a hundredth. */
export function secondsSince(started: number): number {
  return Math.round((performance.now() - started) / 10) / 100;
}
