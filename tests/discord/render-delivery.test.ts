import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDelivery } from '../../src/discord/render-delivery.ts';
import { aPaper } from '../builders/domain.ts';
import { faultsOf, nastyShown } from './nasty.ts';

const workflows = aPaper({
  id: '2505.15988',
  title: 'An Ecosystem of Services for FAIR Computational Workflows',
  authors: [
    'Sean R. Wilkinson',
    'Johan Gustafsson',
    'Finn Bacall',
    ...Array.from({ length: 22 }, (_, index) => `Author ${index}`),
  ],
  abstract:
    'Computational workflows represent major investments. They are key to sharing. ' +
    'We describe an ecosystem of services in $O(n\\Delta^3)$ steps, at 50\\% of the cost, with words that go on and on until nobody would want to read more of them in a channel on a Friday morning, because people are busy and the whole abstract is one press of a button away.',
});
const evidence = [
  { term: 'workflow', field: 'title', weight: 0.5 },
  { term: 'workflow', field: 'abstract', weight: 0.3 },
  { term: 'FAIR', field: 'title', weight: 0.2 },
  { term: 'cs.DC', field: 'cat', weight: 0.1 },
  { term: 'fourth', field: 'abstract', weight: 0.05 },
] as const;

describe('renderDelivery', () => {
  it('shows a card as people will read it', () => {
    expect(
      renderDelivery({ style: 'cards', date: '2025-05-23', papers: [{ paper: workflows, kind: 'new', evidence }] }),
    ).toEqual({
      embeds: [
        {
          title: 'An Ecosystem of Services for FAIR Computational Workflows',
          url: 'https://arxiv.org/abs/2505.15988',
          description:
            'Sean R. Wilkinson, Johan Gustafsson, Finn Bacall and 22 others\n\n' +
            'Computational workflows represent major investments. They are key to sharing. ' +
            'We describe an ecosystem of services in O(nΔ³) steps, at 50% of the cost, with words that go on and on until nobody would want to read more of them in a channel on a Friday morning, because people are busy and the whole abstract is one press of a button away.\n\n' +
            'Why: **workflow** in the title and abstract, **FAIR** in the title, **cs.DC** as a category',
          footer: { text: 'cs.DC · new · arXiv:2505.15988 · Fri 23 May 2025' },
          color: 0x2f9e77,
        },
      ],
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: 2, custom_id: 'v1:more:2505.15988', label: 'Abstract' },
            { type: 2, style: 2, custom_id: 'v1:up:2505.15988', emoji: { name: '👍' } },
            { type: 2, style: 2, custom_id: 'v1:down:2505.15988', emoji: { name: '👎' } },
            { type: 2, style: 5, label: 'arXiv', url: 'https://arxiv.org/abs/2505.15988' },
            { type: 2, style: 5, label: 'PDF', url: 'https://arxiv.org/pdf/2505.15988' },
          ],
        },
      ],
      allowed_mentions: { parse: [] },
    });
  });

  it('lists a digest, each paper with a button for its abstract', () => {
    const papers = [
      { paper: workflows, kind: 'new', evidence: evidence.slice(0, 2) },
      {
        paper: aPaper({ id: '2505.15536', title: '[Re] SpanTrain_2', primary: 'eess.SY', authors: ['Bo Li'] }),
        kind: 'cross',
        evidence: [],
      },
    ] as const;
    expect(renderDelivery({ style: 'digest', date: '2025-05-23', papers })).toEqual({
      embeds: [
        {
          title: '2 papers · Fri 23 May 2025',
          description:
            '**1.** [An Ecosystem of Services for FAIR Computational Workflows](https://arxiv.org/abs/2505.15988)\n' +
            'Sean R. Wilkinson, Johan Gustafsson and 23 others · cs.DC · new\n' +
            'Why: **workflow** in the title and abstract\n\n' +
            '**2.** [[Re] SpanTrain\\_2](https://arxiv.org/abs/2505.15536)\n' +
            'Bo Li · cross-list from eess.SY',
          footer: { text: 'A number opens its abstract.' },
          color: 0x5b6b7f,
        },
      ],
      components: [
        {
          type: 1,
          components: [
            { type: 2, style: 2, custom_id: 'v1:more:2505.15988', label: '1' },
            { type: 2, style: 2, custom_id: 'v1:more:2505.15536', label: '2' },
          ],
        },
      ],
      allowed_mentions: { parse: [] },
    });
  });

  it('says nothing of authors, abstract or reasons that it does not know', () => {
    const paper = aPaper({ id: 'math/0309136', title: 'Knots', abstract: null, primary: 'math.GT', withdrawn: true });
    const { embeds, components } = renderDelivery({
      style: 'cards',
      date: null,
      papers: [{ paper, kind: 'replace', evidence: [] }],
    });
    expect(embeds).toEqual([
      {
        title: 'Knots',
        url: 'https://arxiv.org/abs/math/0309136',
        footer: { text: 'math.GT · replaced · withdrawn · arXiv:math/0309136' },
        color: 0x80848e,
      },
    ]);
    expect(JSON.stringify(components)).not.toContain('/pdf/');
  });

  it('cuts a long abstract behind a sentence', () => {
    const abstract = `${'First things come first. '.repeat(12)}${'Endless '.repeat(40)}`;
    const { embeds } = renderDelivery({
      style: 'cards',
      date: null,
      papers: [{ paper: aPaper({ id: '2505.1', abstract }), kind: 'new', evidence: [] }],
    });
    expect(embeds?.[0]?.description).toBe(`${'First things come first. '.repeat(11)}First things come first.\u00A0…`);
  });

  it('shows the text of strangers as it is, without markup or mentions of its own', () => {
    const paper = aPaper({
      id: '2505.1',
      title: '**Bold** [x](https://evil.example) @everyone <@1>',
      abstract: '# Big\n1. `SAND`22 ~~gone~~ https://a.b/c_d',
    });
    const { embeds } = renderDelivery({ style: 'cards', date: null, papers: [{ paper, kind: 'new', evidence: [] }] });
    expect(embeds?.[0]?.title).toBe('\\*\\*Bold\\*\\* [x]\\(https://evil.example) \\@everyone \\<@1>');
    expect(embeds?.[0]?.description).toBe('\\# Big 1. \\`SAND\\`22 \\~\\~gone\\~\\~ https://a.b/c_d');
  });

  it('stays inside every limit of Discord, whatever the papers hold', () => {
    fc.assert(
      fc.property(fc.array(nastyShown, { minLength: 1, maxLength: 10 }), (papers) => {
        expect(faultsOf(renderDelivery({ style: 'digest', date: '2025-05-23', papers }))).toEqual([]);
        expect(faultsOf(renderDelivery({ style: 'cards', date: '2025-05-23', papers: papers.slice(0, 5) }))).toEqual(
          [],
        );
      }),
      { numRuns: 150 },
    );
  });

  it('says in a small line when it was due, where it is late', () => {
    for (const style of ['cards', 'digest'] as const) {
      const shown = { style, date: '2025-05-23', papers: [{ paper: workflows, kind: 'new', evidence: [] }] } as const;
      const { content, ...rest } = renderDelivery({ ...shown, lateSince: Date.UTC(2025, 4, 23, 13) + 999 });
      expect(content).toBe('-# Late: this was due <t:1748005200:f>.');
      expect(rest).toEqual(renderDelivery({ ...shown, lateSince: null }));
    }
  });

  it('refuses more papers than a message takes', () => {
    const papers = Array.from(
      { length: 11 },
      (_, index) => ({ paper: aPaper({ id: `2505.${index}` }), kind: 'new', evidence: [] }) as const,
    );
    expect(() => renderDelivery({ style: 'digest', date: null, papers })).toThrow('1 to 10 papers, not 11');
    expect(() => renderDelivery({ style: 'cards', date: null, papers: [] })).toThrow('1 to 5 papers, not 0');
  });
});
