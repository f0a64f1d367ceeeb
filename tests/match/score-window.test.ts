import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScores, emptyWindow, percentileOf } from '../../src/match/score-window.ts';
import { createRandom } from '../builders/random.ts';

const begun = '2025-05-05';

/** A window that knows `scores`, zeros among them. */
function windowOf(scores: readonly number[]) {
  return addScores(emptyWindow(begun), begun, { papers: scores.length, scores: scores.filter((score) => score > 0) });
}

function shareBelow(scores: readonly number[], limit: number): number {
  return scores.filter((score) => score < limit).length / scores.length;
}

/** Whole ten-thousandths, as scores are rounded, many of them 0. */
const score = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 11, max: 10_000 }).map((tenThousandths) => tenThousandths / 10_000),
);

describe('percentileOf', () => {
  it('says at most the exact share of papers that score less, and at least that of those that score six percent less', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 50, maxLength: 400 }), score, (scores, asked) => {
        fc.pre(scores.some((one) => one > 0));
        const share = percentileOf(windowOf(scores), asked) ?? Number.NaN;
        expect(share).toBeLessThanOrEqual(shareBelow(scores, asked));
        expect(share).toBeGreaterThanOrEqual(shareBelow(scores, asked / 1.0600001));
      }),
    );
  });

  it('is within two hundredths of the exact share for scores as they come', () => {
    const random = createRandom(7);
    const scores = Array.from({ length: 2_000 }, () => (random() < 0.6 ? 0 : Math.max(0.001, random() ** 3 * 0.4)));
    const window = windowOf(scores);
    for (const asked of scores.filter((one) => one > 0.05)) {
      expect(Math.abs((percentileOf(window, asked) ?? 0) - shareBelow(scores, asked))).toBeLessThan(0.02);
    }
  });

  it('is unknown with fewer than 50 papers, and where none of them scores', () => {
    expect(percentileOf(windowOf(Array.from({ length: 49 }, () => 0.1)), 0.2)).toBeNull();
    expect(percentileOf(windowOf(Array.from({ length: 50 }, () => 0.1)), 0.2)).toBe(1);
    expect(percentileOf(windowOf(Array.from({ length: 500 }, () => 0)), 0)).toBeNull();
  });
});

const sixty = (value: number) => ({ papers: 60, scores: Array.from({ length: 60 }, () => value) });

describe('addScores', () => {
  it('adds up in any order', () => {
    const [low, high] = [sixty(0.01), { papers: 90, scores: [0.9, 0.5] }];
    const one = addScores(addScores(emptyWindow(begun), begun, low), '2025-05-06', high);
    const other = addScores(addScores(emptyWindow(begun), begun, high), '2025-05-06', low);
    expect(one).toEqual(other);
    expect(percentileOf(one, 0.6)).toBe(149 / 150);
  });

  it('forgets papers after two to four weeks', () => {
    const first = addScores(emptyWindow(begun), begun, sixty(0.9));
    const second = addScores(first, '2025-05-19', sixty(0.1));
    expect(percentileOf(second, 0.5)).toBe(0.5);
    const third = addScores(second, '2025-06-02', sixty(0.1));
    expect(percentileOf(third, 0.5)).toBe(1);
    const afterAGap = addScores(first, '2025-08-01', sixty(0.1));
    expect(percentileOf(afterAGap, 0.5)).toBe(1);
  });

  it('counts an announcement that is read late among the current weeks', () => {
    const window = addScores(emptyWindow(begun), '2025-04-01', sixty(0.1));
    expect(window.begun).toBe(begun);
    expect(percentileOf(window, 0.5)).toBe(1);
  });

  it('stays within a kilobyte however rich the archive is', () => {
    const random = createRandom(3);
    let window = emptyWindow(begun);
    for (let day = 0; day < 28; day += 1) {
      const date = new Date(Date.parse(begun) + day * 24 * 3_600_000).toISOString().slice(0, 10);
      window = addScores(window, date, { papers: 1_000, scores: Array.from({ length: 500 }, () => random() ** 4) });
    }
    expect(JSON.stringify(window).length).toBeLessThanOrEqual(1_024);
  });
});
