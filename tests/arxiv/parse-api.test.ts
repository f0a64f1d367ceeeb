import { describe, expect, it } from 'vitest';
import { parseApiPage } from '../../src/arxiv/parse-api.ts';
import { complaintsAbout } from '../../src/arxiv/unreadable.ts';
import { apiAnswer, apiEntry } from './arxiv-xml.ts';

const parse = (xml: string) => parseApiPage(xml, { complain: complaintsAbout('f') });

describe('parseApiPage', () => {
  it('reads an entry with all that it bears', () => {
    const entry = apiEntry({
      id: 'astro-ph/0601001v3',
      title: 'A title\n  over two lines',
      summary: '  One.\n  Two: α.',
      primary: 'astro-ph.EP',
      categories: ['astro-ph.GA', 'astro-ph.EP'],
      published: '2006-01-02T14:57:58Z',
      authors:
        '<author><name>Dirk Wübben</name><arxiv:affiliation>A</arxiv:affiliation><arxiv:affiliation>B</arxiv:affiliation></author><author><name>Jane Doe</name></author>',
      extra:
        '<arxiv:comment>Withdrawn by the author</arxiv:comment><arxiv:journal_ref>ActaAstron.56:1-50,2006</arxiv:journal_ref><arxiv:doi>10.1/x</arxiv:doi>',
    });
    expect(parse(apiAnswer([entry]))).toEqual({
      total: 1,
      start: 0,
      submitted: new Map([['astro-ph/0601001', Date.UTC(2006, 0, 2, 14, 57, 58)]]),
      listing: {
        source: 'api',
        archive: 'cs.LG',
        date: '2026-09-25',
        complete: true,
        sections: [{ kind: 'replace', shown: null, total: null, parsed: 1 }],
        entries: [
          {
            id: 'astro-ph/0601001',
            version: 3,
            kind: 'replace',
            crossFrom: null,
            title: 'A title over two lines',
            authors: ['Dirk Wübben', 'Jane Doe'],
            authorsTruncated: false,
            abstract: 'One.\n\nTwo: α.',
            categories: ['astro-ph.EP', 'astro-ph.GA'],
            primary: 'astro-ph.EP',
            comments: 'Withdrawn by the author',
            journalRef: 'ActaAstron.56:1-50,2006',
            doi: '10.1/x',
            withdrawn: true,
            formats: ['pdf'],
          },
        ],
      },
    });
  });

  it('takes a first version for new, and a paper without a link to a PDF as it is', () => {
    const { entries } = parse(apiAnswer([apiEntry().replace('title="pdf"', '')])).listing;
    expect(entries[0]).toMatchObject({ version: 1, kind: 'new', formats: [] });
  });

  it.each([
    ['cat:cs.LG', 'cs.LG'],
    ['cat:cs.SY', 'eess.SY'],
    ['cat:cs.*', 'cs'],
    ['cat:cs.LG AND submittedDate:[202609010000 TO 202609022359]', 'cs.LG'],
    ['cat%3Acs.LG+AND+submittedDate%3A%5B202609010000+TO+202609022359%5D', 'cs.LG'],
    ['cat:cs.LG OR cat:stat.ML', 'arxiv'],
    ['cat:cs.LG AND all:testing', 'arxiv'],
    ['all:testing', 'arxiv'],
    ['', 'arxiv'],
  ])('tells from the query “%s” what the papers are of', (query, archive) => {
    expect(parse(apiAnswer([], { query })).listing.archive).toBe(archive);
  });

  it('is complete only when one page holds all that the query finds', () => {
    expect(parse(apiAnswer([apiEntry()], { total: 2 })).listing.complete).toBe(false);
    expect(parse(apiAnswer([apiEntry(), apiEntry()], { total: 2 })).listing.complete).toBe(false);
    expect(parse(apiAnswer([apiEntry()], { total: 2, start: 1 }))).toMatchObject({
      total: 2,
      start: 1,
      listing: { complete: false },
    });
    expect(parse(apiAnswer([apiEntry()], { total: 1, start: 1 })).listing.complete).toBe(false);
    expect(parse(apiAnswer([], { total: 0 })).listing).toMatchObject({ complete: true, entries: [] });
  });

  it('throws with what arXiv says is wrong', () => {
    const error = apiEntry({ title: 'Error', summary: 'incorrect id format for abc' }).replace(
      /<id>.*<\/id>/,
      '<id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>',
    );
    expect(() => parse(apiAnswer([error]))).toThrow(
      "f: arXiv's API answers with an error: incorrect id format for abc",
    );
  });

  it.each<[string, string, RegExp]>([
    [
      'no identifier',
      apiEntry({ id: 'abc' }),
      /^f, line 22: entry 2 has no arXiv identifier but “http:\/\/arxiv.org\/abs\/abc”/,
    ],
    ['no title', apiEntry({ title: '' }), /^f, line 22: entry 2 2609.00001 has no title; ask again$/],
    ['no category', apiEntry({ primary: '' }), /2609.00001 has no category/],
    ['no instant', apiEntry({ published: 'today' }), /2609.00001 was published “today”, no instant/],
  ])('refuses an entry with %s', (_what, entry, message) => {
    expect(() => parse(apiAnswer([apiEntry(), entry]))).toThrow(message);
  });

  it('refuses an answer without counts or without an instant', () => {
    expect(() => parse(apiAnswer([]).replace('>0</opensearch:total', '>many</opensearch:total'))).toThrow(
      'f: <opensearch:totalResults> is “many”, no count',
    );
    expect(() => parse(apiAnswer([]).replace('2026-09-25T22:09:26Z', ''))).toThrow(
      "f: the answer's <updated> “” is no instant",
    );
  });
});
