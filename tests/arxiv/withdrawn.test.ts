import { describe, expect, it } from 'vitest';
import { saysWithdrawn } from '../../src/arxiv/withdrawn.ts';

describe('saysWithdrawn', () => {
  it.each([
    'This paper has been withdrawn by the author due to a crucial error',
    'Withdrawn',
    '12 pages; withdrawn because of an error in Lemma 2',
    'Paper withdrawn by the authors',
    'This submission was temporarily withdrawn',
  ])('sees it in “%s”', (comments) => {
    expect(saysWithdrawn(comments)).toBe(true);
  });

  it('takes no other mention for it', () => {
    expect(saysWithdrawn('Replaces the withdrawn arXiv:0704.0001')).toBe(false);
    expect(saysWithdrawn(null)).toBe(false);
  });
});
