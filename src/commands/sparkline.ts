/** Eighths of a line, from low to high. */
const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** Numbers, 0 or more, drawn as a row of bars, one a number; a dot for 0, so that a day without anything is seen as one. */
export function sparkline(counts: readonly number[]): string {
  const most = Math.max(1, ...counts);
  return counts.map((count) => (count === 0 ? '·' : bars[Math.ceil((count / most) * bars.length) - 1])).join('');
}
