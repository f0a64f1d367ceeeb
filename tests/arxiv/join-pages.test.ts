import { describe, expect, it } from 'vitest';
import { joinPages } from '../../src/arxiv/join-pages.ts';
import { parseHtmlPage } from '../../src/arxiv/parse-html-page.ts';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import { listingPage, sectionsHtml } from './listing-html.ts';
import type { PageSection } from './listing-html.ts';

function page(sections: readonly PageSection[], firstPosition: number, total = 4) {
  const html = listingPage(sectionsHtml(sections, firstPosition), { total });
  return parseHtmlPage(html, { complain: complaintsAbout('page') });
}

const first = page([{ title: 'New submissions (showing first 2 of 3 entries)', entries: [{}, {}] }], 1);
const rest = [
  { title: 'New submissions (continued, showing last 1 of 3 entries)', entries: [{}] },
  { title: 'Cross submissions (showing 1 of 1 entries)', entries: [{ note: '(cross-list from quant-ph)' }] },
];

describe('joinPages', () => {
  it('makes a whole day of its parts: a section that goes on is one', () => {
    expect(first.listing.complete).toBe(false);
    const { listing, total } = joinPages(first, page(rest, 3));
    expect(listing.complete).toBe(true);
    expect(total).toBe(4);
    expect(listing.sections).toEqual([
      { kind: 'new', shown: 3, total: 3, parsed: 3 },
      { kind: 'cross', shown: 1, total: 1, parsed: 1 },
    ]);
    expect(listing.entries.map(({ id }) => id)).toEqual(['2505.00001', '2505.00002', '2505.00003', '2505.00004']);
  });

  it('does not believe counts that agree because an entry came twice', () => {
    expect(joinPages(first, page(rest, 2)).listing).toMatchObject({ complete: false, entries: { length: 4 } });
  });
});
