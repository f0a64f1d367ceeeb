import { describe, expect, it } from 'vitest';
import { isStopWord } from '../../src/text/stop-words.ts';

describe('isStopWord', () => {
  it('tells words without a topic from those with one', () => {
    expect(['the', 'and', 'we', 'paper'].every((word) => isStopWord(word))).toBe(true);
    expect(['graph', 'learning', ''].some((word) => isStopWord(word))).toBe(false);
  });
});
