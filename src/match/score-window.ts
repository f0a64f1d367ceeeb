import type { ScoreWindow } from '../domain/calibration.ts';

type Histogram = ScoreWindow['current'];

/** What papers scored: how many there were, and the scores above 0, which run to 1. */
export type Scores = { readonly papers: number; readonly scores: readonly number[] };

/** A bin holds scores that differ by less than six percent; the first one all up to `lowest`, which is next to nothing. */
const growth = 1.06;
const lowest = 0.001;

/** After so many days the current weeks become those before: what is known is two to four weeks old at most. */
const weeksMs = 14 * 24 * 3_600_000;

/** With fewer papers a share of them says too little. */
const fewestPapers = 50;

const nothing: Histogram = { zero: 0, from: 0, counts: [] };

/** A window that knows of no paper yet. `date`: ISO, of the announcement that begins it. */
export function emptyWindow(date: string): ScoreWindow {
  return { begun: date, current: nothing, earlier: nothing };
}

/**
 * A window with the papers of one more announcement. Once the current weeks are full they become those before, whose papers are forgotten;
 * an announcement older than the current weeks counts as one of them.
 *
 * The window is a sketch with logarithmic bins, as DDSketch is one (Masson, Rim & Lee, VLDB 2019), of 120 bins at most and so about 1 kB
 * of JSON at most; two sketches that follow one another slide exactly, where weights that decay would not stay whole numbers.
 */
export function addScores(window: ScoreWindow, date: string, scores: Scores): ScoreWindow {
  const age = Date.parse(date) - Date.parse(window.begun);
  if (age < weeksMs) return { ...window, current: counted(window.current, scores) };
  const earlier = age < 2 * weeksMs ? window.current : nothing;
  return { begun: date, current: counted(nothing, scores), earlier };
}

/**
 * The share of the window's papers that score less than `score`, 0 to 1; null where it knows fewer than 50 papers, or none that scores.
 *
 * At most the exact share, and at least the share of the papers that score less than `score` / 1.06: papers of its own bin do not count
 * (scores up to 0.001 are one bin). So it never says too much.
 */
export function percentileOf(window: ScoreWindow, score: number): number | null {
  const histograms = [window.current, window.earlier];
  let papers = 0;
  let scoring = 0;
  let lower = 0;
  const bin = score > 0 ? binOf(score) : -1;
  for (const { zero, from, counts } of histograms) {
    papers += zero;
    if (score > 0) lower += zero;
    for (const [index, count] of counts.entries()) {
      scoring += count;
      if (from + index < bin) lower += count;
    }
  }
  papers += scoring;
  return papers < fewestPapers || scoring === 0 ? null : lower / papers;
}

function counted({ zero, from, counts }: Histogram, { papers, scores }: Scores): Histogram {
  const above = scores.filter((score) => score > 0).map(binOf);
  const added = zero + papers - above.length;
  if (above.length === 0) return { zero: added, from, counts };
  const bins = counts.length === 0 ? above : [from, from + counts.length - 1, ...above];
  const first = bins.reduce((least, bin) => Math.min(least, bin));
  const last = bins.reduce((most, bin) => Math.max(most, bin));
  const sums = Array.from({ length: last - first + 1 }, (_, index) => counts[first + index - from] ?? 0);
  for (const bin of above) sums[bin - first] = (sums[bin - first] ?? 0) + 1;
  return { zero: added, from: first, counts: sums };
}

/** Bin n > 0 holds the scores s with lowest · growthⁿ⁻¹ < s ≤ lowest · growthⁿ. */
function binOf(score: number): number {
  return Math.max(0, Math.ceil(Math.log(score / lowest) / Math.log(growth)));
}
