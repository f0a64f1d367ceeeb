import { delayMs, spread } from './read-month.ts';
import type { Month, Sample } from './read-month.ts';

const weekMs = 7 * 86_400_000;

/** A row a week, counted from the first sample. */
export function monthTable({ days, sent }: Month, samples: readonly Sample[]): string {
  const firstMs = (samples[0]?.atMs ?? 0) - 86_400_000;
  const lastMs = samples.at(-1)?.atMs ?? firstMs;
  const rows = Array.from({ length: Math.ceil((lastMs - firstMs) / weekMs) }, (_, week) => {
    const isIn = (ms: number | null) => ms !== null && Math.floor((ms - firstMs) / weekMs) === week;
    const posts = sent.filter(({ settledAt }) => isIn(settledAt));
    const read = days.filter(({ matchedAt }) => isIn(matchedAt));
    const memory = samples.filter(({ atMs }) => isIn(atMs - 1)).map(({ memoryMb }) => memoryMb);
    const cells = [
      new Date(firstMs + week * weekMs).toISOString().slice(0, 10),
      read.length,
      read.reduce((sum, { papers }) => sum + papers, 0),
      posts.length,
      spread(posts.map(delayMs)),
      `${Math.min(...memory).toFixed(0)} to ${Math.max(...memory).toFixed(0)} MB`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| week from | listings | papers | messages | due to posted, minutes | memory at the ends of days |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** First, last and most of the samples, and the slope of the line that fits them best, without the first three days. */
export function memoryTrend(samples: readonly Sample[]): string {
  const megabytes = samples.map(({ memoryMb }) => memoryMb);
  const settled = megabytes.slice(3);
  const middle = (settled.length - 1) / 2;
  const mean = settled.reduce((sum, one) => sum + one, 0) / settled.length;
  const covariance = settled.reduce((sum, one, day) => sum + (day - middle) * (one - mean), 0);
  const variance = settled.reduce((sum, _one, day) => sum + (day - middle) ** 2, 0);
  return `Memory at the ends of days: ${show(megabytes[0])} at first, ${show(megabytes.at(-1))} at last, ${show(Math.max(...megabytes))} at most; ${(covariance / variance).toFixed(2)} MB a day.`;
}

function show(value: number | undefined): string {
  return `${value?.toFixed(0)} MB`;
}
