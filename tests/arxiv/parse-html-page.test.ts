import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { listingSchema } from '../../src/domain/listing.ts';
import { AppError } from '../../src/lib/errors.ts';
import { author, catchUpPage, listingPage, sectionsHtml, wrapped } from './listing-html.ts';
import type { PageEntry } from './listing-html.ts';

function parse(html: string) {
  return parseListing(Buffer.from(html), { format: 'html', name: 'page' });
}

function only(entry: PageEntry) {
  const html = listingPage(sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [entry] }]), {
    total: 1,
  });
  return parse(html).entries[0];
}

function people(count: number): string {
  return Array.from({ length: count }, (_, index) => author(`A. Nr${index}`)).join(', ');
}

const day = listingPage(
  sectionsHtml([
    { title: 'New submissions (showing 2 of 2 entries)', entries: [{ html: true }, {}] },
    { title: 'Cross submissions (showing 1 of 1 entries)', entries: [{ note: '(cross-list from quant-ph)' }] },
    {
      title: 'Replacement submissions (showing 2 of 2 entries)',
      entries: [{ note: '(replaced)' }, { note: '(replaced)', id: 'cond-mat/0703772', abstract: '' }],
    },
  ]),
  { total: 5 },
);

describe('parseHtmlPage', () => {
  it('reads all lists of the page, though they share an id, and proves them whole', () => {
    const listing = parse(day);
    expect(listingSchema.parse(listing)).toEqual(listing);
    expect(listing).toMatchObject({
      source: 'html',
      archive: 'math',
      date: '2011-02-03',
      complete: true,
      sections: [
        { kind: 'new', shown: 2, total: 2, parsed: 2 },
        { kind: 'cross', shown: 1, total: 1, parsed: 1 },
        { kind: 'replace', shown: 2, total: 2, parsed: 2 },
      ],
    });
    expect(listing.entries.map(({ id, kind, crossFrom, abstract }) => [id, kind, crossFrom, abstract])).toEqual([
      ['2505.00001', 'new', null, 'Abstract 1.'],
      ['2505.00002', 'new', null, 'Abstract 2.'],
      ['2505.00003', 'cross', 'quant-ph', 'Abstract 3.'],
      ['2505.00004', 'replace', null, 'Abstract 4.'],
      ['cond-mat/0703772', 'replace', null, null],
    ]);
    expect(listing.entries[0]?.formats).toEqual(['pdf', 'html', 'other']);
    expect(listing.entries[1]?.formats).toEqual(['pdf', 'other']);
  });

  it('proves nothing whole without the total of the page: a list before the others may be missing', () => {
    const last = { title: 'Replacement submissions (showing 1 of 1 entries)', entries: [{ note: '(replaced)' }] };
    expect(parse(listingPage(sectionsHtml([last]), { total: null })).complete).toBeNull();
  });

  it('reads a title, comments and journal reference as the author gave them', () => {
    expect(
      only({
        title: 'A   title with\n $\\alpha$ &amp; &lt;tags&gt;',
        comments:
          'Code at <a href="https://github.com/a/b" rel="external" class="link-external link-https">this https URL</a>; withdrawn',
        journalRef: 'Schr\\"odinger 1 (2011)',
        subjects:
          '<span class="primary-subject">Distributed, Parallel, and Cluster Computing (cs.DC)</span>; Mathematical Physics (math-ph)',
      }),
    ).toMatchObject({
      title: 'A title with $\\alpha$ & <tags>',
      comments: 'Code at https://github.com/a/b; withdrawn',
      journalRef: 'Schr\\"odinger 1 (2011)',
      withdrawn: true,
      categories: ['cs.DC', 'math-ph'],
      primary: 'cs.DC',
      version: null,
      doi: null,
    });
  });

  it('joins the paragraphs of an abstract and undoes links that the author did not write', () => {
    const abstract =
      'Under these <a href="http://conditions.QoS" class="link-external link-http">this http URL</a> holds,\nsee ' +
      '<a href="https://arxiv.org/abs/0909.1125" data-arxiv-id="0909.1125" class="link-https">arXiv:0909.1125</a>,\n<a href="https://doi.org/10.1039/x" data-doi="10.1039/x" class="link-https link-external">https://doi.org/10.1039/x</a>.\n<br>Second <em>paragraph</em>.\n          ';
    expect(only({ abstract })?.abstract).toBe(
      'Under these conditions.QoS holds, see arXiv:0909.1125, https://doi.org/10.1039/x.\n\nSecond paragraph.',
    );
  });

  it('takes the links for authors and leaves affiliations out', () => {
    const authors = `${author('P. Di Francesco')} (1 and 2), ${author('The CMB-S4 Collaboration')} (<a href="https://x.org" class="link-external link-https">this https URL</a>)`;
    expect(only({ authors })?.authors).toEqual(['P. Di Francesco', 'The CMB-S4 Collaboration']);
    expect(only({ authors: '(author list is unavailable)' })?.authors).toEqual([]);
  });

  it('takes exactly 100 authors for a list that arXiv cut', () => {
    expect(only({ authors: people(100) })?.authorsTruncated).toBe(true);
    expect(only({ authors: people(101) })?.authorsTruncated).toBe(false);
    expect(only({ authors: people(101) })?.authors).toHaveLength(101);
    expect(only({ authors: `${people(46)}, et al. (84 additional authors not shown)` })).toMatchObject({
      authors: { length: 46 },
      authorsTruncated: true,
    });
  });

  it('reads a catch-up page', () => {
    const content = sectionsHtml([
      { title: 'Cross submissions (showing 1 of 1 entries)', entries: [{ note: '(cross-list from cs.DM)' }] },
    ]);
    expect(parse(catchUpPage(content, { total: 1, day: 'Thu, 03 Feb 2011' }))).toMatchObject({
      archive: 'math',
      date: '2011-02-03',
      complete: true,
    });
  });

  it('reads a catch-up page that was asked for without abstracts', () => {
    const content = sectionsHtml([
      { title: 'New submissions (showing 1 of 1 entries)', entries: [{ abstract: null }] },
      { title: 'Replacement submissions (showing 1 of 1 entries)', entries: [{ note: '(replaced)', abstract: null }] },
    ]);
    const listing = parse(catchUpPage(content, { total: 2, day: 'Thu, 03 Feb 2011' }));
    expect(listing).toMatchObject({ date: '2011-02-03', complete: true });
    expect(listing.entries.map(({ abstract }) => abstract)).toEqual([null, null]);
  });

  it('tells a last catch-up page, which links to no next day, by its name or by what was asked for', () => {
    const content = sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]);
    const last = catchUpPage(content, { total: 1, day: 'Thu, 03 Feb 2011' }).replace(/<a href="\/catchup.*?<\/a>/, '');
    expect(parse(last).archive).toBe('math');
    expect(parse(last.replace('for Mathematics', 'for Combinatorics')).archive).toBe('math.CO');
    const physics = last.replace('for Mathematics', 'for Physics');
    expect(() => parse(physics)).toThrow(/does not tell which archive or category it is of/);
    expect(parseListing(Buffer.from(physics), { name: 'page', archive: 'grp_physics' }).archive).toBe('grp_physics');
  });

  it('gives the page of an alias the name that the page gives itself', () => {
    const page = listingPage('<p>No updates today.</p>', { total: null, archive: 'eess.SY' });
    expect(parseListing(Buffer.from(page), { name: 'page', archive: 'cs.SY' }).archive).toBe('eess.SY');
  });

  it('reads formats as they are linked: a withdrawn paper still has its pdf', () => {
    expect(only({ other: false, comments: 'Withdrawn' })).toMatchObject({ formats: ['pdf'], withdrawn: true });
  });

  it('believes an identifier only where link and text say the same', () => {
    const page = listingPage(
      sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{ id: '1102.0300' }] }]),
      { total: 1 },
    );
    for (const [from, to] of [
      ['id="1102.0300"', 'id="1102.0301"'],
      ['href ="/abs/1102.0300"', 'href ="/abs/1102.0301"'],
      ['arXiv:1102.0300\n', 'arXiv:1102.0301\n'],
    ] as const) {
      expect(() => parse(page.replace(from, to))).toThrow(
        /line 13: entry \[1\] is 1102.030\d but shows “arXiv:1102.030\d”/,
      );
    }
  });

  it('does not take a page for whole on which a paper stands twice', () => {
    const twice = [{ id: '1102.0300' }, { id: '1102.0300' }];
    const page = sectionsHtml([{ title: 'New submissions (showing 2 of 2 entries)', entries: twice }]);
    expect(parse(listingPage(page, { total: 2 })).complete).toBe(false);
    const kinds = sectionsHtml([
      { title: 'New submissions (showing 1 of 1 entries)', entries: [{ id: '1102.0300' }] },
      { title: 'Replacement submissions (showing 1 of 1 entries)', entries: [{ id: '1102.0300', note: '(replaced)' }] },
    ]);
    expect(parse(listingPage(kinds, { total: 2 })).complete).toBe(true);
  });

  it('knows an empty day from a page that lost its entries', () => {
    expect(parse(listingPage('<p>No updates today.</p>', { total: null }))).toMatchObject({
      complete: true,
      entries: [],
      sections: [],
    });
    const empty = '<p>No updates for Thu, 03 Feb 2011. There was either no announcement for this day, or none.</p>';
    expect(parse(catchUpPage(empty, { total: 0, day: 'Thu, 03 Feb 2011' }))).toMatchObject({
      complete: true,
      entries: [],
    });
    expect(() => parse(listingPage('<p>No updates today.</p>', { total: 124 }))).toThrow(
      /line 4: the page has no entries although it declares 124/,
    );
    expect(() => parse(listingPage('', { total: null }))).toThrow(/no entries and no “No updates today.”/);
  });

  it('says false where the page shows less than it declares', () => {
    const part = sectionsHtml([{ title: 'New submissions (showing first 1 of 69 entries)', entries: [{}] }]);
    expect(parse(listingPage(part, { total: 124 }))).toMatchObject({
      complete: false,
      sections: [{ shown: 1, total: 69, parsed: 1 }],
    });
    const fewer = sectionsHtml([{ title: 'New submissions (continued, showing last 2 of 2 entries)', entries: [{}] }]);
    expect(parse(listingPage(fewer, { total: 2 }))).toMatchObject({
      complete: false,
      sections: [{ shown: 2, total: 2, parsed: 1 }],
    });
    const lost = sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]);
    expect(parse(listingPage(lost, { total: 6 })).complete).toBe(false);
  });

  it('refuses a page that contradicts itself or is of several days', () => {
    const stray = sectionsHtml([
      { title: 'New submissions (showing 1 of 1 entries)', entries: [{ note: '(replaced)' }] },
    ]);
    expect(() => parse(listingPage(stray, { total: 1 }))).toThrow(
      /line \d+: 2505.00001 is marked as replace in the section “New submissions/,
    );
    expect(() => parse(listingPage(stray.replace('New sub', 'Old sub'), { total: 1 }))).toThrow(
      /the section “Old submissions .*” is neither/,
    );
    expect(() => parse(wrapped('<h1>Mathematics</h1><h2>Authors and titles for recent submissions</h2>'))).toThrow(
      /line 4: this is the recent listing of several days, not the listing of one announcement; expected \/list\/<archive>\/new/,
    );
    expect(() => parse(wrapped('<h1>Mathematics</h1><h2>Authors and titles for February 2011</h2>'))).toThrow(
      /this is the listing “Authors and titles for February 2011” of several days/,
    );
    expect(() => parse(listingPage('', { total: null, day: 'Friday, 3 February 2011' }))).toThrow(
      /is no day that there was/,
    );
  });

  it('never takes a page that breaks off for a whole one', () => {
    const whole = parse(day);
    const lastList = day.lastIndexOf('</dl>');
    for (let size = 0; size < lastList; size += 23) {
      const listing = outcome(Buffer.from(day.slice(0, size)));
      if (listing === null) continue;
      expect(listing.complete).toBe(false);
      expect(listing.entries).toEqual(whole.entries.slice(0, listing.entries.length));
    }
  });
});

function outcome(bytes: Uint8Array) {
  try {
    return parseListing(bytes, { name: 'page' });
  } catch (thrown) {
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}
