import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { listingSchema } from '../../src/domain/listing.ts';
import { endLine, mailText } from './mail-text.ts';
import type { MailedPaper } from './mail-text.ts';

function parse(text: string, archive?: string) {
  return parseListing(Buffer.from(text), { name: 'mail', ...(archive === undefined ? {} : { archive }) });
}

function only(paper: Partial<MailedPaper>) {
  return parse(mailText({ new: [{ id: '1102.0300', ...paper }] })).entries[0];
}

const day = mailText({
  new: [{ id: '1102.0300' }, { id: '1102.0301' }],
  cross: [{ id: '1102.0302', categories: 'quant-ph math.MP' }],
  replace: [{ id: '1101.0001' }, { id: 'math.GT/0309136' }, { id: '1101.0002', isCross: true }],
});

describe('parseMail', () => {
  it('reads new, crossed and replaced papers by section and marker', () => {
    const listing = parse(day);
    expect(listingSchema.parse(listing)).toEqual(listing);
    expect(listing).toMatchObject({
      source: 'mail',
      archive: 'math',
      date: '2011-02-03',
      sections: [
        { kind: 'new', shown: 2, total: 2, parsed: 2 },
        { kind: 'cross', shown: 1, total: 1, parsed: 1 },
        { kind: 'replace', shown: null, total: null, parsed: 2 },
        { kind: 'replace-cross', shown: null, total: null, parsed: 1 },
      ],
    });
    expect(listing.entries.map(({ id, kind, crossFrom, abstract }) => [id, kind, crossFrom, abstract])).toEqual([
      ['1102.0300', 'new', null, 'Abstract of 1102.0300.'],
      ['1102.0301', 'new', null, 'Abstract of 1102.0301.'],
      ['1102.0302', 'cross', 'quant-ph', 'Abstract of 1102.0302.'],
      ['1101.0001', 'replace', null, null],
      ['math/0309136', 'replace', null, null],
      ['1101.0002', 'replace-cross', null, null],
    ]);
  });

  it('reads every field, TeX raw, over continued lines', () => {
    const paper = only({
      title:
        'Shifted Substitution in Non-Commutative Multivariate Power Series with a View Toward $\\alpha$-Free Probability',
      authors:
        "Kurusch Ebrahimi-Fard (1), Fr\\'ed\\'eric Patras, Nikolas Tapia and Lorenzo Zambotti ((1) NTNU, Trondheim)",
      categories: 'math.PR cs.SY eess.SY math.IT',
      fields: [
        ['Comments', '7 pages, no figures'],
        ['Report-no', 'X-1'],
        ['MSC-class', '16T05, 16T10'],
        ['ACM-class', 'F.2.2'],
        ['Journal-ref', 'SIGMA 19 (2023), 038, Universit\\"at'],
        ['DOI', '10.3842/SIGMA.2023.038'],
        ['License', 'http://creativecommons.org/licenses/by/4.0/'],
      ],
    });
    expect(paper).toEqual({
      id: '1102.0300',
      version: null,
      kind: 'new',
      crossFrom: null,
      title:
        'Shifted Substitution in Non-Commutative Multivariate Power Series with a View Toward $\\alpha$-Free Probability',
      authors: ['Kurusch Ebrahimi-Fard', "Fr\\'ed\\'eric Patras", 'Nikolas Tapia', 'Lorenzo Zambotti'],
      authorsTruncated: false,
      abstract: 'Abstract of 1102.0300.',
      categories: ['math.PR', 'eess.SY', 'cs.IT'],
      primary: 'math.PR',
      comments: '7 pages, no figures',
      journalRef: 'SIGMA 19 (2023), 038, Universit\\"at',
      doi: '10.3842/SIGMA.2023.038',
      withdrawn: false,
      formats: [],
    });
  });

  it('takes an indented line for a paragraph, and nothing in an abstract for a field or a separator', () => {
    const text = mailText({ new: [{ id: '1102.0300', abstract: ['One.', 'PLACE'] }] }).replace(
      'PLACE',
      `Two\nResults: fine\nTitle: no title\n${'-'.repeat(78)}\n${'%-'.repeat(39)}\n\\\\\narXiv:1102.9999\nend.`,
    );
    expect(parse(text).entries.map(({ abstract }) => abstract)).toEqual([
      `One.\n\nTwo Results: fine Title: no title ${'-'.repeat(78)} ${'%-'.repeat(39)} \\\\ arXiv:1102.9999 end.`,
    ]);
  });

  it('knows a cut list of authors and a withdrawal by what the mail says', () => {
    expect(only({ authors: 'Jane Doe, John Roe, et al. (84 additional authors not shown)' })).toMatchObject({
      authors: ['Jane Doe', 'John Roe'],
      authorsTruncated: true,
    });
    expect(only({ size: '0kb,I' })?.withdrawn).toBe(true);
    expect(only({ fields: [['Comments', 'This paper has been withdrawn by the author']] })?.withdrawn).toBe(true);
  });

  it('never says true: replacements are not declared', () => {
    expect(parse(day).complete).toBeNull();
    expect(parse(mailText({ new: [{ id: '1102.0300' }] })).complete).toBeNull();
  });

  it.each([
    ['a new paper', 'math daily 3 new + 1 crosses received'],
    ['a cross-list', 'math daily 2 new + 2 crosses received'],
    ['all of a section', 'math daily 2 new +  crosses received'],
  ])('says false where the subject declares otherwise: %s', (_what, subject) => {
    const text = day.replace('math daily 2 new + 1 crosses received', subject);
    expect(parse(text).complete).toBe(false);
  });

  it('says false where a declared section is missing whole, and where a paper stands twice', () => {
    const news = [{ id: '1102.0300' }];
    expect(parse(mailText({ new: news, subject: 'math daily 1 new + 4 crosses received' }))).toMatchObject({
      complete: false,
      sections: [
        { kind: 'new', total: 1, parsed: 1 },
        { kind: 'cross', total: 4, parsed: 0 },
      ],
    });
    const twice = mailText({ new: [...news, ...news] });
    expect(parse(twice).complete).toBe(false);
  });

  it('reads a category’s mail, which declares nothing, under the name that arXiv lists it by', () => {
    const text = mailText({ new: [{ id: '1102.0300' }], subject: 'q-fin.EC daily Subj-class mailing' });
    expect(parse(text)).toMatchObject({
      archive: 'econ.GN',
      complete: null,
      sections: [{ kind: 'new', shown: null, total: null, parsed: 1 }],
    });
  });

  it('reads a mail with Windows line ends, more header and a folded subject', () => {
    const text = `From no-reply@arxiv.org\nReceived: from x\n\tby y; z\nMIME-Version: 1.0\n${day}`
      .replace('daily 2 new', 'daily\n 2 new')
      .replaceAll('\n', '\r\n');
    expect(parse(text)).toEqual(parse(day));
  });

  it('tells the day from the window, and the archive from the caller, where the mail lost its header', () => {
    const bare = day.slice(day.indexOf('\n\n') + 2);
    expect(parse(bare, 'math')).toMatchObject({ archive: 'math', date: '2011-02-03', complete: null });
    expect(() => parse(bare)).toThrow(/^mail, line 1: the mail has no “Subject:”/);
    expect(() => parse(bare.replace('received from', 'received'), 'math')).toThrow(
      /neither “Date:” nor “received from/,
    );
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['cut in its header', (text) => text.slice(0, 60), /expected the entries of a daily mail of arXiv and found none/],
    [
      'cut in an entry',
      (text) => text.slice(0, text.indexOf('Abstract of')),
      /line \d+: the mail breaks off in this entry/,
    ],
    ['cut behind an entry', (text) => text.slice(0, text.lastIndexOf('%%%---') - 200), /the mail breaks off/],
    ['without its end', (text) => text.replace(endLine, ''), /stands between two entries and opens none/],
    [
      'that stops before its end',
      (text) => text.slice(0, text.indexOf(endLine)),
      /the line of “%%%---” at its end is missing/,
    ],
    ['with a lost end of an entry', (text) => text.replace(/\\\\ \( .*0300 .*\n/, ''), /is not the end of 1102\.0300/],
    ['with another address', (text) => text.replace('abs/1102.0300', 'abs/1102.0399'), /is not the end of 1102\.0300/],
    [
      'with a wrong identifier',
      (text) => text.replace('arXiv:1102.0300', 'arXiv:1113.0300'),
      /“arXiv:1113.0300” opens no entry/,
    ],
    [
      'with an unknown marker',
      (text) => text.replace('(*cross-listing*)', '(*moved*)'),
      /“arXiv:1102.0302 \(\*moved\*\)” opens no entry/,
    ],
    [
      'with a replacement among the new',
      (text) => text.replace('Date: Wed', 'replaced with revised version Wed'),
      /1102.0300 is marked as replace among the new entries/,
    ],
    [
      'with a cross-list among the new',
      (text) => text.replace('arXiv:1102.0301', 'arXiv:1102.0301 (*cross-listing*)'),
      /1102.0301 is marked as cross among the new/,
    ],
    [
      'with its sections in another order',
      (text) => text.replace('%%--'.repeat(19), '%-'.repeat(39)),
      /stands between two entries/,
    ],
    ['without a title', (text) => text.replace('Title: Paper 1102.0300\n', ''), /1102.0300 has no “Title:”/],
    ['without authors', (text) => text.replace('Authors: Jane Doe\n', ''), /has no “Authors:”/],
    ['without categories', (text) => text.replace('Categories: math.CO\n', ''), /has no “Categories:”/],
    [
      'with categories that are none',
      (text) => text.replace('math.CO', 'Combinatorics'),
      /“Combinatorics”, which are none/,
    ],
    [
      'with a field twice',
      (text) => text.replace('Title:', 'Title: A\nTitle:'),
      /“Title: Paper 1102.0300” is no field/,
    ],
    ['with a stray line', (text) => text.replace('Authors:', 'stray\nAuthors:'), /“stray” is no field of an entry/],
    [
      'with a stray line above the fields',
      (text) => text.replace('\n\nTitle:', '\nstray\n\nTitle:'),
      /“stray” does not say when/,
    ],
    [
      'without an abstract',
      (text) => text.replace('\\\\\n  Abstract of 1102.0300.\n', ''),
      /1102.0300 has no abstract/,
    ],
    [
      'of another subject',
      (text) => text.replace('daily 2 new + 1 crosses received', 'daily news'),
      /line 2: the subject “math daily news” is none/,
    ],
    [
      'of a day that was none',
      (text) => text.replace('Date: Thu,  3', 'Date: Fri,  3'),
      /line 1: “Fri,  3 Feb 11 01:29:12 GMT” is no time/,
    ],
    [
      'with a window that was none',
      (text) => text.replace('to  Wed  2', 'to  Wed 42'),
      /line 11: “received from .*” names no time/,
    ],
    [
      'older than its window',
      (text) => text.replace('Thu,  3 Feb 11', 'Wed,  2 Feb 11'),
      /is of 2011-02-02 but brings what was due on 2011-02-03/,
    ],
    ['without entries', () => mailText({}), /the mail has no entries/],
  ])('refuses a mail %s', (_what, damage, message) => {
    expect(() => parse(damage(day))).toThrow(message);
  });
});
