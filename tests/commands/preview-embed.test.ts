import { describe, expect, it } from 'vitest';
import { previewEmbed } from '../../src/commands/preview-embed.ts';
import { sparkline } from '../../src/commands/sparkline.ts';
import type { Backtest } from '../../src/pipeline/backtest.ts';
import { aPaper, aSubscription } from '../builders/domain.ts';

/** A preview of days with so many papers sent each. */
function preview(sent: readonly number[], given: Partial<Backtest> = {}): Backtest {
  const days = sent.map((count, index) => ({
    date: `2025-05-${String(index + 1).padStart(2, '0')}`,
    papers: 300,
    matched: count,
    sent: count,
  }));
  const all = sent.reduce((sum, count) => sum + count, 0);
  const best = Array.from({ length: Math.min(all, 10) }, (_, index) => ({
    paper: aPaper({ id: `2505.0000${index}` }),
    date: '2025-05-01',
    score: 0.5,
    percentile: null,
    evidence: [],
  }));
  const categories = all === 0 ? [] : [{ category: 'cs.DC', papers: all, share: 1 }];
  const median = sent.toSorted((a, b) => a - b)[Math.floor(sent.length / 2)] ?? 0;
  const counts = {
    papers: 300 * sent.length,
    matched: all,
    sent: all,
    leftOut: 0,
    mean: all / Math.max(1, sent.length),
    median,
  };
  return { days, isCut: false, ...counts, best, categories, overlaps: [], known: 0, ...given };
}

const wants = aSubscription({ id: 'wanted' });

describe('previewEmbed', () => {
  it.each([
    [[4, 6, 5], 'About 5 papers a day'],
    [[1, 1, 1], 'About 1 paper a day'],
    [[0, 1, 0, 1, 0], 'About 2 papers a week'],
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 'Seldom: 1 paper in 11 listings'],
    [[0, 0, 0], 'The last 3 listings would have brought nothing'],
    [[0], 'The listing of Thu 1 May 2025 would have brought nothing'],
    [[3], 'The listing of Thu 1 May 2025 would have brought 3 papers'],
    [[25], 'The listing of Thu 1 May 2025 would have reached the limit of 25 papers'],
    [[], 'No listing yet'],
  ])('calls %j: %s', (sent, title) => {
    expect(previewEmbed(preview(sent), wants, []).title).toBe(title);
  });

  it('says the days in words and draws them, with the best and where they are from', () => {
    const text = previewEmbed(preview([4, 0, 8]), wants, []).description;
    expect(text).toContain(
      'The last 3 listings (Thu 1 May 2025 to Sat 3 May 2025) would have brought 12 papers: usually about 4, 8 at most, none on one day.\n`▄·█`',
    );
    expect(text).toContain('and 9 more\nMostly cs.DC (100 %).');
  });

  it('says on how many days the limit cut papers off', () => {
    const full = preview([2, 2], {
      matched: 9,
      leftOut: 5,
      days: [
        { date: '2025-05-01', papers: 9, matched: 7, sent: 2 },
        { date: '2025-05-02', papers: 9, matched: 2, sent: 2 },
      ],
    });
    expect(previewEmbed(full, { ...wants, maxPapers: 2 }, []).description).toContain(
      'The limit of 2 was reached on one day. 5 papers more matched, and would have been left out as less relevant.',
    );
  });

  it('says that revised papers do not count only where they do not', () => {
    expect(previewEmbed(preview([0, 0]), wants, []).description).toContain('revised ones do not. Try fewer');
    const revised = aSubscription({ id: 'wanted', kinds: ['new', 'replace'] });
    expect(previewEmbed(preview([0, 0]), revised, []).description).toMatch(/^Try fewer words/);
  });

  it('says how much of it comes already, and by which subscription', () => {
    const others = [aSubscription({ id: 'xyz', query: 'federated' })];
    const by = (share: number, known: number, where?: string) =>
      previewEmbed(
        preview([12, 12], { known, overlaps: [{ subscription: 'xyz', papers: 9, share }] }),
        wants,
        others,
        where,
      ).description;
    expect(by(0.83, 0.83)).toContain('83 % of it already arrives here by `federated` (`xyz`).');
    expect(by(0.5, 0.8)).toContain('80 % of it already arrives here, 50 % by `federated` (`xyz`).');
    expect(by(1, 1, 'in <#7>')).toContain('All of it already arrives in <#7> by `federated` (`xyz`).');
    expect(by(0.02, 0.02)).not.toContain('arrives');
  });
});

describe('sparkline', () => {
  it('draws a bar for each number, the highest the highest', () => {
    expect(sparkline([0, 1, 4, 8])).toBe('·▁▄█');
    expect(sparkline([0, 0])).toBe('··');
    expect(sparkline([1])).toBe('█');
  });
});
