import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderPaper } from '../../src/discord/render-paper.ts';
import { aPaper } from '../builders/domain.ts';
import { faultsOf, nastyPaper } from './nasty.ts';

describe('renderPaper', () => {
  it('shows all that arXiv says of a paper', () => {
    const paper = aPaper({
      id: '0906.2112',
      version: 2,
      title: 'Schr\\"odinger operators',
      authors: ["Fr\\'ed\\'eric Patras", 'Bo Li'],
      abstract: 'First line\nand second.\n\nSecond paragraph with $x^2$.',
      categories: ['math.SP', 'math-ph'],
      comments: '12 pages, 50\\% shorter',
      journalRef: 'Math. Ann. 225 (1977), 195--204',
      doi: '10.1007/s00208_x',
    });
    expect(renderPaper(paper)).toEqual({
      embeds: [
        {
          title: 'Schrödinger operators',
          url: 'https://arxiv.org/abs/0906.2112',
          description: 'First line and second.\n\nSecond paragraph with x².',
          fields: [
            { name: 'Authors', value: 'Frédéric Patras and Bo Li' },
            { name: 'Categories', value: 'math.SP, math-ph', inline: true },
            { name: 'First announced', value: 'Jun 2009', inline: true },
            { name: 'Comments', value: '12 pages, 50% shorter' },
            { name: 'Published in', value: 'Math. Ann. 225 (1977), 195–204' },
            { name: 'DOI', value: '[10.1007/s00208\\_x](https://doi.org/10.1007/s00208_x)' },
          ],
          footer: { text: 'arXiv:0906.2112v2' },
          color: 0x5b6b7f,
        },
      ],
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: 2, custom_id: 'v1:up:0906.2112', emoji: { name: '👍' } },
            { type: 2, style: 2, custom_id: 'v1:down:0906.2112', emoji: { name: '👎' } },
            { type: 2, style: 2, custom_id: 'v1:similar:0906.2112', label: 'Similar' },
            { type: 2, style: 5, label: 'arXiv', url: 'https://arxiv.org/abs/0906.2112' },
            { type: 2, style: 5, label: 'PDF', url: 'https://arxiv.org/pdf/0906.2112' },
          ],
        },
      ],
      allowed_mentions: { parse: [] },
    });
  });

  it('counts the authors of a collaboration that do not fit', () => {
    const authors = Array.from({ length: 100 }, (_, index) => `Collaborator Number ${index}`);
    const { embeds } = renderPaper(aPaper({ id: '2505.1', authors, authorsTruncated: true }));
    expect(embeds?.[0]?.fields?.[0]?.value).toMatch(/^Collaborator Number 0, .* and at least \d+ others$/);
  });

  it('stays inside every limit of Discord, whatever the paper holds', () => {
    fc.assert(
      fc.property(nastyPaper, (paper) => {
        expect(faultsOf(renderPaper(paper))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
