import { describe, expect, it } from 'vitest';
import { segmentsToMerge } from '../../src/search/plan-merge.ts';

/** The sizes that remain when so many documents at once are put so many times, and how many documents were written over all. */
function putAgainAndAgain(size: number, times: number) {
  let sizes: number[] = [];
  let written = 0;
  for (let put = 0; put < times; put += 1) {
    sizes.push(size);
    written += size;
    const many = segmentsToMerge(sizes);
    if (many === 0) continue;
    const merged = sizes.splice(-many).reduce((sum, each) => sum + each, 0);
    sizes = [...sizes, merged];
    written += merged;
  }
  return { sizes, written };
}

describe('segmentsToMerge', () => {
  it.each([
    [1, 10_000],
    [20, 5_000],
    [1_000, 1_000],
  ])('keeps segments of %i documents few, and writes each a few times', (size, times) => {
    const { sizes, written } = putAgainAndAgain(size, times);
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(size * times);
    expect(sizes.length).toBeLessThan(45);
    expect(Math.max(...sizes)).toBeLessThan(8 * 30_000);
    expect(written / (size * times)).toBeLessThan(7);
  });

  it('leaves alone what is large, and merges what is as large at once', () => {
    expect(segmentsToMerge([100_000, 100_000, 5])).toBe(0);
    expect(segmentsToMerge([64, ...Array.from({ length: 8 }, () => 1)])).toBe(8);
    expect(segmentsToMerge([...Array.from({ length: 7 }, () => 8), ...Array.from({ length: 8 }, () => 1)])).toBe(15);
  });
});
