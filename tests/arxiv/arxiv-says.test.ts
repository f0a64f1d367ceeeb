import { describe, expect, it } from 'vitest';
import { arxivSays } from '../../src/arxiv/arxiv-says.ts';

describe('arxivSays', () => {
  it('gives the message in one line', () => {
    expect(arxivSays("Bad archive\n 'heplat'.")).toBe("Bad archive 'heplat'.");
    expect(arxivSays(null)).toBe('without saying why');
  });

  it('cuts one that no sentence can hold', () => {
    expect(arxivSays('x'.repeat(9_999))).toBe(`${'x'.repeat(600)}…`);
  });
});
