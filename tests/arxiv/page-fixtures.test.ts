import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { joinPages } from '../../src/arxiv/join-pages.ts';
import { parseHtmlPage } from '../../src/arxiv/parse-html-page.ts';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import type { Entry, Listing } from '../../src/domain/listing.ts';
import { readable } from '../../src/text/tex.ts';

const fixtures = join(import.meta.dirname, '../../../shared/fixtures');
/** Then all is skipped: the recorded pages and mails are not ours to copy. */
const isMissing = !existsSync(fixtures);

function read(path: string): Listing {
  return parseListing(readFileSync(join(fixtures, path)), { name: path });
}

/** `math 2011-02-03 whole: new 69/69, cross 7/7` (entries read of those declared), `part` for a page that shows less, `?` for no claim. */
function summary({ archive, date, complete, sections }: Listing): string {
  const claim = complete === null ? '?' : complete ? 'whole' : 'part';
  const counts = sections.map(({ kind, total, parsed }) => `${kind} ${parsed}/${total ?? '?'}`);
  return `${archive} ${date} ${claim}: ${counts.join(', ')}`;
}

const pagesOfADay: readonly (readonly [path: string, proves: string, summary: string])[] = [
  [
    'html-2011/list_math_new.html',
    'three lists that share an id, with abstracts, all counts declared',
    'math 2011-02-03 whole: new 69/69, cross 7/7, replace 48/48',
  ],
  [
    'html-2011/list_math_new_skip0_show25.html',
    'a first part: “showing first 25 of 69”',
    'math 2011-02-03 part: new 25/69',
  ],
  [
    'html-2011/list_math_new_skip25_show25.html',
    'a middle part: “continued, showing 25 of 69”',
    'math 2011-02-03 part: new 25/69',
  ],
  [
    'html-2011/catchup_math_emptyday.html',
    'a catch-up day without announcement is an empty day',
    'math 2011-02-02 whole: ',
  ],
  [
    'html-2023/list_astro-ph_new.html',
    'replacements without abstracts; lists of authors that say they are cut',
    'astro-ph 2023-03-03 whole: new 53/53, cross 4/4, replace 40/40',
  ],
  ['html-2023/list_astro-ph_new_skip0_show25.html', 'a first part', 'astro-ph 2023-03-03 part: new 25/53'],
  ['html-2023/list_astro-ph_new_skip25_show25.html', 'a middle part', 'astro-ph 2023-03-03 part: new 25/53'],
  [
    'html-2023/list_astro-ph_new_skip50_show25.html',
    'a part of three sections: “showing last 3 of 53”, “first 18 of 40”',
    'astro-ph 2023-03-03 part: new 3/53, cross 4/4, replace 18/40',
  ],
  [
    'html-2023/list_astro-ph.CO_new.html',
    'a collaboration whose “The” stands outside its link',
    'astro-ph.CO 2023-03-03 whole: new 5/5, cross 2/2, replace 16/16',
  ],
  [
    'html-2023/list_astro-ph.EP_new.html',
    'a category of the same mailing',
    'astro-ph.EP 2023-03-03 whole: new 6/6, cross 4/4, replace 8/8',
  ],
  [
    'html-2023/list_astro-ph.GA_new.html',
    'a category of the same mailing',
    'astro-ph.GA 2023-03-03 whole: new 14/14, cross 1/1, replace 11/11',
  ],
  [
    'html-2023/list_astro-ph.HE_new.html',
    'two cut lists of authors on a page',
    'astro-ph.HE 2023-03-03 whole: new 12/12, cross 6/6, replace 9/9',
  ],
  [
    'html-2023/list_astro-ph.IM_new.html',
    'a code with capitals (IM) and affiliations with commas',
    'astro-ph.IM 2023-03-03 whole: new 7/7, cross 3/3, replace 5/5',
  ],
  [
    'html-2023/list_astro-ph.SR_new.html',
    'three cut lists of authors on a page',
    'astro-ph.SR 2023-03-03 whole: new 9/9, cross 5/5, replace 11/11',
  ],
  [
    'html-2023/list_math.AG_new.html',
    'a day without a section of new papers',
    'math.AG 2023-06-09 whole: cross 1/1, replace 1/1',
  ],
  [
    'html-2023/list_math.OA_new.html',
    'another one, of the same day',
    'math.OA 2023-06-09 whole: cross 1/1, replace 2/2',
  ],
  ['html-2023/list_q-fin_new.html', 'an archive without cross-lists', 'q-fin 2023-03-17 whole: new 13/13, replace 3/3'],
  ['html-2023/list_q-fin.CP_new.html', 'a day without replacements', 'q-fin.CP 2023-03-17 whole: new 1/1, cross 1/1'],
  [
    'html-2023/list_q-fin.GN_new.html',
    'another day than the archive’s',
    'q-fin.GN 2023-03-16 whole: new 1/1, replace 5/5',
  ],
  ['html-2023/list_q-fin.MF_new.html', 'small counts', 'q-fin.MF 2023-03-16 whole: new 2/2, cross 1/1, replace 1/1'],
  ['html-2023/list_q-fin.PM_new.html', 'no cross-lists in between', 'q-fin.PM 2023-03-16 whole: new 2/2, replace 1/1'],
  [
    'html-2023/list_q-fin.PR_new.html',
    'a Monday, announced on Sunday evening',
    'q-fin.PR 2023-03-13 whole: new 1/1, cross 1/1, replace 2/2',
  ],
  [
    'html-2023/list_q-fin.RM_new.html',
    'a category of the archive’s day',
    'q-fin.RM 2023-03-17 whole: new 1/1, replace 2/2',
  ],
  [
    'html-2023/list_q-fin.ST_new.html',
    'a category of the archive’s day',
    'q-fin.ST 2023-03-17 whole: new 6/6, cross 1/1, replace 1/1',
  ],
  ['html-2023/list_q-fin.TR_new.html', 'a single paper', 'q-fin.TR 2023-03-17 whole: new 1/1'],
  [
    'html-cases/list_cond-mat_new.html',
    'a withdrawn paper with an old identifier, shown as replaced',
    'cond-mat 2011-02-03 whole: cross 1/1, replace 1/1',
  ],
  [
    'html-cases/list_cond-mat.mtrl-sci_new.html',
    'a code in small letters with a hyphen',
    'cond-mat.mtrl-sci 2011-02-03 whole: replace 1/1',
  ],
  [
    'html-cases/list_cond-mat.stat-mech_new.html',
    'a cross-list alone',
    'cond-mat.stat-mech 2011-02-03 whole: cross 1/1',
  ],
  ['html-cases/list_cs_new.html', 'an archive of two', 'cs 2011-02-03 whole: new 1/1, cross 1/1'],
  [
    'html-cases/list_cs.DC_new_noupdates.html',
    'a category without papers on a day that others have some',
    'cs.DC 2011-02-03 whole: ',
  ],
  ['html-cases/list_math.DG_new_noupdates.html', 'another one', 'math.DG 2011-02-03 whole: '],
  [
    'html-cases/list_cs.IT_new.html',
    'a name shared by two codes, the canonical one',
    'cs.IT 2011-02-03 whole: cross 1/1',
  ],
  [
    'html-cases/list_math.IT_new.html',
    'asked for by its alias: the page names cs.IT',
    'cs.IT 2011-02-03 whole: cross 1/1',
  ],
  ['html-cases/list_eess.SY_new.html', 'a canonical category', 'eess.SY 2011-02-03 whole: new 1/1'],
  [
    'html-cases/list_cs.SY_new.html',
    'asked for by its alias: the page names eess.SY',
    'eess.SY 2011-02-03 whole: new 1/1',
  ],
  [
    'html-cases/list_math-ph_new.html',
    'an archive that is a category',
    'math-ph 2011-02-03 whole: cross 1/1, replace 2/2',
  ],
  [
    'html-cases/list_math.MP_new.html',
    'asked for by its alias: the page names math-ph',
    'math-ph 2011-02-03 whole: cross 1/1, replace 2/2',
  ],
  ['html-cases/list_hep-th_new.html', 'a replacement alone', 'hep-th 2011-02-03 whole: replace 1/1'],
  [
    'html-cases/list_math_new.html',
    'all three sections, small',
    'math 2011-02-03 whole: new 1/1, cross 1/1, replace 4/4',
  ],
  [
    'html-cases/list_math_new_skip2.html',
    'a part that begins with a whole section',
    'math 2011-02-03 part: replace 4/4',
  ],
  ['html-cases/list_math.RT_new.html', 'a replacement alone', 'math.RT 2011-02-03 whole: replace 1/1'],
  [
    'html-cases/list_nlin_new.html',
    'a replacement that is a cross-list, shown as replaced',
    'nlin 2011-02-03 whole: replace 1/1',
  ],
  ['html-cases/list_quant-ph_new.html', 'a new paper alone', 'quant-ph 2011-02-03 whole: new 1/1'],
];

const otherPages: readonly (readonly [path: string, proves: string, sentence: string])[] = [
  ['html-2011/list_math_recent.html', 'days together', 'the recent listing of several days'],
  [
    'html-2023/list_astro-ph.SR_pastweek.html',
    'days together under another address',
    'the recent listing of several days',
  ],
  ['html-2023/list_math.AG_recent.html', 'days together, all but one empty', 'the recent listing of several days'],
  ['html-cases/list_math_recent.html', 'days together', 'the recent listing of several days'],
  ['html-2023/abs_0906.2112.html', 'one paper', 'the abstract page of 0906.2112'],
  ['html-2023/abs_old.html', 'one paper with an old identifier', 'the abstract page of cond-mat/9805021'],
  ['html-cases/abs_0906.2112.html', 'one paper', 'the abstract page of 0906.2112'],
  ['html-cases/abs_0906.3421.html', 'one paper', 'the abstract page of 0906.3421'],
  ['html-cases/abs_1008.3222.html', 'one paper', 'the abstract page of 1008.3222'],
  ['html-cases/abs_cond-mat_0703772.html', 'a withdrawn paper', 'the abstract page of cond-mat/0703772'],
  ['html-cases/abs_math_0510544.html', 'one paper', 'the abstract page of math/0510544'],
  ['html-cases/abs_notfound.html', 'a 404', 'the page “[9999.99999] Article identifier not recognized”'],
  ['html-cases/catchup_form.html', 'a form', 'the form that asks for a day to catch up on'],
  [
    'html-cases/catchup_math_abs.html',
    'a 400: too long ago',
    'the page “Invalid date: 2011-02-03. Catchup only allowed for past 90 days”',
  ],
  [
    'html-cases/catchup_math_default.html',
    'the same without abs',
    'the page “Invalid date: 2011-02-03. Catchup only allowed for past 90 days”',
  ],
  [
    'html-cases/catchup_math_noabs.html',
    'the same with abs=False',
    'the page “Invalid date: 2011-02-03. Catchup only allowed for past 90 days”',
  ],
  [
    'html-cases/catchup_math_weekend.html',
    'the same on a weekend',
    'the page “Invalid date: 2011-02-05. Catchup only allowed for past 90 days”',
  ],
  ['html-cases/category_taxonomy.html', 'a page of the site', "arXiv's list of its categories, “Category Taxonomy”"],
  ['html-cases/list_bogus.html', 'a 400: no such category', 'the page “Invalid archive or category: bogus”'],
  [
    'html-cases/list_math_new_badshow.html',
    'a 400: no such size',
    'the page “Invalid show value. Valid values: 25, 50, 100, 250, 500, 1000, 2000”',
  ],
];

/** With the recorded page of the same mailing; null where there is none. */
const mails: readonly (readonly [path: string, proves: string, summary: string, page: string | null])[] = [
  [
    'mail/astro-ph.new.txt',
    'a subject that declares new and crossed papers',
    'astro-ph 2023-03-03 ?: new 53/53, cross 4/4, replace 29/?, replace-cross 11/?',
    'list_astro-ph_new.html',
  ],
  [
    'mail/astro-ph.new.CO.txt',
    'a category’s mail declares nothing; a collaboration among the authors',
    'astro-ph.CO 2023-03-03 ?: new 5/?, cross 2/?, replace 8/?, replace-cross 8/?',
    'list_astro-ph.CO_new.html',
  ],
  [
    'mail/astro-ph.new.EP.txt',
    'cut lists of authors in a mail',
    'astro-ph.EP 2023-03-03 ?: new 6/?, cross 4/?, replace 8/?',
    'list_astro-ph.EP_new.html',
  ],
  [
    'mail/astro-ph.new.GA.txt',
    'a category’s mail',
    'astro-ph.GA 2023-03-03 ?: new 14/?, cross 1/?, replace 11/?',
    'list_astro-ph.GA_new.html',
  ],
  [
    'mail/astro-ph.new.HE.txt',
    'affiliations in brackets; lines of an abstract that begin like a command',
    'astro-ph.HE 2023-03-03 ?: new 12/?, cross 6/?, replace 7/?, replace-cross 2/?',
    'list_astro-ph.HE_new.html',
  ],
  [
    'mail/astro-ph.new.IM.txt',
    'affiliations in brackets in brackets',
    'astro-ph.IM 2023-03-03 ?: new 7/?, cross 3/?, replace 4/?, replace-cross 1/?',
    'list_astro-ph.IM_new.html',
  ],
  [
    'mail/astro-ph.new.SR.txt',
    'affiliations, and a cut list of authors',
    'astro-ph.SR 2023-03-03 ?: new 9/?, cross 5/?, replace 11/?',
    'list_astro-ph.SR_new.html',
  ],
  [
    'mail/math.new.AG.txt',
    'no new papers; a line longer than 80',
    'math.AG 2023-06-09 ?: cross 1/?, replace 1/?',
    'list_math.AG_new.html',
  ],
  [
    'mail/math.new.OA.txt',
    'fields MSC-class, Journal-ref and DOI',
    'math.OA 2023-06-09 ?: cross 1/?, replace 2/?',
    'list_math.OA_new.html',
  ],
  [
    'mail/q-fin.new.txt',
    'a subject with no number for no cross-lists',
    'q-fin 2023-03-17 ?: new 13/13, replace 3/?',
    'list_q-fin_new.html',
  ],
  ['mail/q-fin.new.CP.txt', 'no replacements', 'q-fin.CP 2023-03-17 ?: new 1/?, cross 1/?', 'list_q-fin.CP_new.html'],
  ['mail/q-fin.new.EC.txt', 'the mail of an alias: listed under econ.GN', 'econ.GN 2023-03-17 ?: new 4/?', null],
  [
    'mail/q-fin.new.GN.txt',
    'a replacement of a cross-list',
    'q-fin.GN 2023-03-16 ?: new 1/?, replace 4/?, replace-cross 1/?',
    'list_q-fin.GN_new.html',
  ],
  [
    'mail/q-fin.new.MF.txt',
    'a small mail',
    'q-fin.MF 2023-03-16 ?: new 2/?, cross 1/?, replace 1/?',
    'list_q-fin.MF_new.html',
  ],
  [
    'mail/q-fin.new.PM.txt',
    'Greek in a title, which a page decodes otherwise',
    'q-fin.PM 2023-03-16 ?: new 2/?, replace 1/?',
    'list_q-fin.PM_new.html',
  ],
  [
    'mail/q-fin.new.PR.txt',
    'a Sunday evening, the night that summer time begins',
    'q-fin.PR 2023-03-13 ?: new 1/?, cross 1/?, replace 1/?, replace-cross 1/?',
    'list_q-fin.PR_new.html',
  ],
  ['mail/q-fin.new.RM.txt', 'a small mail', 'q-fin.RM 2023-03-17 ?: new 1/?, replace 2/?', 'list_q-fin.RM_new.html'],
  [
    'mail/q-fin.new.ST.txt',
    'fields Journal-ref and DOI',
    'q-fin.ST 2023-03-17 ?: new 6/?, cross 1/?, replace 1/?',
    'list_q-fin.ST_new.html',
  ],
  [
    'mail/q-fin.new.TR.txt',
    'one paper and nothing behind it',
    'q-fin.TR 2023-03-17 ?: new 1/?',
    'list_q-fin.TR_new.html',
  ],
];

/** What a mail says otherwise than the page of its mailing, and why. */
const differences: Readonly<Record<string, { field: 'title' | 'categories'; mail: string; page: string }>> = {
  // The page decodes \epsilon as ε, we show it as TeX draws it, ϵ.
  '1910.06463': { field: 'title', mail: 'Order-ϵ', page: 'Order-ε' },
  // The mail has categories as the author gave them, the page in the order of their codes.
  '2306.77777': { field: 'categories', mail: 'math.GR math.DS math.AG', page: 'math.GR math.AG math.DS' },
};

describe.skipIf(isMissing)('parseListing, over every recorded page and mail', () => {
  it('knows them all', () => {
    const known = [...pagesOfADay, ...otherPages, ...mails].map(([path]) => path);
    const found = globSync(['html-*/*.html', 'mail/*.txt'], { cwd: fixtures });
    expect(known.toSorted()).toEqual(found.toSorted());
  });

  describe('of one announcement', () => {
    it.each(pagesOfADay)('reads %s: %s', (path, _proves, expected) => {
      const listing = read(path);
      expect(summary(listing)).toBe(expected);
      expect(listing.sections.filter(({ shown, parsed }) => shown !== parsed)).toEqual([]);
      expect(listing.entries.filter(({ authors }) => authors.length === 0)).toEqual([]);
      expect(JSON.stringify(listing)).not.toMatch(/this (?:https?|ftp) URL/);
    });
  });

  describe('of anything else', () => {
    it.each(otherPages)('refuses %s: %s', (path, _proves, name) => {
      const place = name.includes('recent') ? ', line 77' : '';
      const message = `${path}${place}: this is ${name}, not the listing of one announcement; expected /list/<archive>/new`;
      expect(() => read(path)).toThrow(expect.objectContaining({ code: 'unreadable-listing', message }));
    });
  });

  describe('by mail', () => {
    it.each(mails)('reads %s: %s', (path, _proves, expected, page) => {
      const mail = read(path);
      expect(summary(mail)).toBe(expected);
      if (page === null) return;
      const listing = read(`html-2023/${page}`);
      expect(mail.date).toBe(listing.date);
      expect(mail.archive).toBe(listing.archive);
      expect(mail.entries.map(comparable)).toEqual(listing.entries.map(comparable));
      // Only a mail tells which replacements are cross-lists; only it knows DOIs; only a page knows formats.
      expect(listing.entries.filter(({ kind, doi }) => kind === 'replace-cross' || doi !== null)).toEqual([]);
    });
  });

  it('shows withdrawals and cut lists of authors where pages only hint at them', () => {
    const withdrawn = pagesOfADay.flatMap(([path]) => read(path).entries.filter((entry) => entry.withdrawn));
    expect([...new Set(withdrawn.map(({ id }) => id))].toSorted()).toEqual([
      '1101.2483',
      '1102.0219',
      'cond-mat/0703772',
    ]);
    const cut = read('html-2023/list_astro-ph_new.html').entries.filter((entry) => entry.authorsTruncated);
    expect(cut.map(({ authors }) => authors.length)).toEqual([46, 63, 49, 63]);
  });
});

describe.skipIf(isMissing)('joinPages, over recorded parts', () => {
  it.each([
    [
      'html-2011/list_math_new.html',
      ['html-2011/list_math_new_skip0_show25.html', 'html-2011/list_math_new_skip25_show25.html'],
    ],
    [
      'html-2023/list_astro-ph_new.html',
      [0, 25, 50].map((skip) => `html-2023/list_astro-ph_new_skip${skip}_show25.html`),
    ],
  ])('gives the beginning of %s, and knows that more is missing', (path, parts) => {
    const whole = read(path);
    const pages = parts.map((part) => readPage(part));
    const joined = pages.reduce(joinPages);
    expect(joined.listing.entries).toEqual(whole.entries.slice(0, 25 * parts.length));
    expect(joined.listing.complete).toBe(false);
    expect(joined.total).toBe(whole.entries.length);
  });

  it('gives the whole where the parts are, and never from a part that came twice', () => {
    const whole = readPage('html-cases/list_math_new.html');
    const last = readPage('html-cases/list_math_new_skip2.html');
    const first = {
      ...whole,
      listing: {
        ...whole.listing,
        sections: whole.listing.sections.slice(0, 2),
        entries: whole.listing.entries.slice(0, 2),
      },
    };
    expect(joinPages(first, last)).toEqual(whole);
    expect(joinPages(whole, last).listing.complete).toBe(false);
    expect(joinPages(joinPages(first, first), first).listing.complete).toBe(false);
  });
});

function readPage(path: string) {
  return parseHtmlPage(readFileSync(join(fixtures, path), 'utf8'), { complain: complaintsAbout(path) });
}

/** What mail and page have in common, as a reader sees it, with the differences named above undone. */
function comparable(entry: Entry) {
  const { id, crossFrom, journalRef, withdrawn, authorsTruncated } = entry;
  const difference = differences[id];
  const undo = (field: 'title' | 'categories', text: string) =>
    difference?.field === field ? text.replace(difference.mail, difference.page) : text;
  return {
    id,
    kind: entry.kind === 'replace-cross' ? 'replace' : entry.kind,
    crossFrom,
    title: undo('title', readable(entry.title)),
    authors: entry.authors.map(readable),
    authorsTruncated,
    abstract: entry.abstract === null ? null : readable(entry.abstract),
    categories: undo('categories', entry.categories.join(' ')),
    comments: entry.comments === null ? null : readable(entry.comments),
    journalRef,
    withdrawn,
  };
}
