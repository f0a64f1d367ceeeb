import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderSearchPage } from '../../src/discord/render-search-page.ts';
import type { SearchHit } from '../../src/domain/search.ts';
import { aPaper } from '../builders/domain.ts';
import { faultsOf, nastyPaper } from './nasty.ts';

/** Highlights of every occurrence of `words`, as the store gives them. */
function aHit(paper: SearchHit['paper'], words: RegExp): SearchHit {
  const found = (field: 'title' | 'abstract') =>
    [...(paper[field] ?? '').matchAll(words)].map(({ index, 0: word }) => ({
      field,
      start: index,
      end: index + word.length,
    }));
  return { paper, announced: '2025-05-23', score: 1, highlights: [...found('title'), ...found('abstract')] };
}

const hit = aHit(
  aPaper({
    id: '2505.16138',
    title: 'Multimodal Online Federated Learning',
    primary: 'cs.LG',
    abstract: 'The Internet of Things grows. We study federated learning in $O(n)$.',
  }),
  /federated|learning/gi,
);
const paged = { request: { query: 'federated learning' }, id: 'q1', pageSize: 5 };

describe('renderSearchPage', () => {
  it('lists the hits with their words in bold and offers the pages around', () => {
    const page = { total: { value: 12, exact: true }, suggestion: null, hits: [hit] };
    expect(
      renderSearchPage({
        ...paged,
        request: { query: 'federated learning', category: 'cs.LG', sort: 'date' },
        page,
        offset: 5,
      }),
    ).toEqual({
      embeds: [
        {
          title: 'Search: federated learning',
          description:
            'in cs.LG, newest first\n\n' +
            '**6.** [Multimodal Online **Federated Learning**](https://arxiv.org/abs/2505.16138)\n' +
            'cs.LG · Fri 23 May 2025\n' +
            'The Internet of Things grows. We study **federated learning** in O(n).',
          footer: { text: 'Paper 6 of 12 · a number opens its abstract' },
          color: 0x5b6b7f,
        },
      ],
      components: [
        { type: 1, components: [{ type: 2, style: 2, custom_id: 'v1:more:2505.16138', label: '6' }] },
        {
          type: 1,
          components: [
            { type: 2, style: 2, custom_id: 'v1:search:q1:0', label: 'Previous' },
            { type: 2, style: 2, custom_id: 'v1:search:q1:10', label: 'Next' },
          ],
        },
      ],
      allowed_mentions: { parse: [] },
    });
  });

  it('disables what leads nowhere, and offers no paging for a single page', () => {
    const first = renderSearchPage({
      ...paged,
      page: { total: { value: 10_000, exact: false }, suggestion: null, hits: [hit] },
      offset: 0,
    });
    expect(first.components?.at(-1)).toMatchObject({
      components: [{ label: 'Previous', disabled: true }, { label: 'Next' }],
    });
    expect(first.embeds?.[0]?.footer?.text).toBe('Paper 1 of over 10,000 · a number opens its abstract');
    const only = renderSearchPage({
      ...paged,
      page: { total: { value: 1, exact: true }, suggestion: null, hits: [hit] },
      offset: 0,
    });
    expect(only.components).toHaveLength(1);
  });

  it('says what to do when nothing is found', () => {
    const { embeds, components } = renderSearchPage({
      ...paged,
      page: { total: { value: 0, exact: true }, suggestion: null, hits: [] },
      offset: 0,
    });
    expect(embeds?.[0]?.description).toBe('No paper so far. Fewer words, or an `OR`, find more.');
    expect(components).toEqual([]);
  });

  it('says that there is nothing to find before the first listing', () => {
    const page = { total: { value: 0, exact: true }, suggestion: null, hits: [] };
    const { embeds } = renderSearchPage({ ...paged, page, offset: 0, isArchiveEmpty: true });
    expect(embeds?.[0]?.description).toBe(
      'No listing yet: I have not read one so far, so there is nothing to find. The next one starts it.',
    );
  });

  it('begins a long abstract at the sentence of its first hit', () => {
    const abstract = `${'Other things come first. '.repeat(20)}Then privacy matters. ${'More of it follows. '.repeat(40)}`;
    const page = {
      total: { value: 1, exact: true },
      suggestion: null,
      hits: [aHit(aPaper({ id: '2505.1', abstract }), /privacy/g)],
    };
    const lines = renderSearchPage({ ...paged, page, offset: 0 }).embeds?.[0]?.description?.split('\n') ?? [];
    expect(lines[2]).toMatch(/^… Then \*\*privacy\*\* matters\. More .*\u00A0…$/);
  });

  it('leaves a word unmarked where a mark would break the TeX around it', () => {
    const paper = aPaper({ id: '2505.1', title: 'Schr\\"odinger and $\\alpha$ maps', abstract: null });
    const page = {
      total: { value: 1, exact: true },
      suggestion: null,
      hits: [aHit(paper, /Schr|odinger|alpha|maps/g)],
    };
    expect(renderSearchPage({ ...paged, page, offset: 0 }).embeds?.[0]?.description).toContain(
      '[Schrödinger and α **maps**]',
    );
  });

  it('stays inside every limit of Discord, whatever was found', () => {
    const hits = fc.array(fc.tuple(nastyPaper, fc.array(fc.tuple(fc.nat(300), fc.nat(20)), { maxLength: 5 })), {
      maxLength: 10,
    });
    fc.assert(
      fc.property(hits, fc.nat(40), fc.string({ maxLength: 600 }), (found, offset, query) => {
        const page = {
          total: { value: offset + found.length, exact: true },
          suggestion: offset % 2 === 0 ? null : query,
          hits: found.map(([paper, stretches]): SearchHit => ({
            paper,
            announced: '2025-05-23',
            score: 1,
            highlights: stretches.map(([start, length]) => ({
              field: start % 2 === 0 ? 'title' : 'abstract',
              start,
              end: start + length,
            })),
          })),
        };
        const request = { query, category: query, author: query, since: query, until: query };
        expect(faultsOf(renderSearchPage({ request, page, id: 'q1', offset, pageSize: 10 }))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
