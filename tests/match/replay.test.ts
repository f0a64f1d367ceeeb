import { describe, expect, it } from 'vitest';
import { replay } from '../../bench/shared/replay.ts';
import { countDocumentFrequencies } from '../../src/match/document-frequencies.ts';
import { announce } from './build.ts';

/** Twenty days of one paper on speculative decoding and nine on nothing of the kind. */
const days = Array.from({ length: 20 }, (_, day) => {
  const date = `2025-01-${String(day + 1).padStart(2, '0')}`;
  const on = {
    id: `on${day}`,
    title: `Speculative decoding with draft ${day}`,
    abstract: 'Language models decode faster.',
  };
  const others = Array.from({ length: 9 }, (__, index) => ({
    id: `off${day}-${index}`,
    title: `Leaves of tree ${index}`,
    abstract: `Botany of day ${day}, garden ${index}.`,
  }));
  return [...others, on].map((paper) => ({ ...announce(paper), date }));
});
const topic = { id: 'decoding', keywords: ['speculative decoding'], positives: days.map((_, day) => `on${day}`) };
const background = countDocumentFrequencies([]);

describe('replay', () => {
  it('finds what is on the topic, within the budget, with and without marks', () => {
    for (const feedback of [0, 5]) {
      const [result] = replay(days.flat(), [topic], { budget: 1, feedback, given: feedback }, background);
      expect(result).toMatchObject({ id: 'decoding', recall: 1, baseline: { recall: 1 } });
      expect(result?.budgetRecall).toBeGreaterThan(0.8);
      expect(result?.sentPerDay).toBeLessThanOrEqual(1);
    }
  });

  it('leaves out a topic that has nothing to test', () => {
    const early = { ...topic, positives: topic.positives.slice(0, 5) };
    expect(replay(days.flat(), [early], { budget: 1, feedback: 0, given: 0 }, background)).toEqual([]);
  });
});
