import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { AppError } from '../../src/lib/errors.ts';
import {
  apiAnswer,
  apiEntry,
  arxivMetadata,
  atomEntry,
  atomFeed,
  oaiAnswer,
  oaiRecord,
  rssFeed,
  rssItem,
} from './arxiv-xml.ts';
import { errorPage, listingPage, sectionsHtml } from './listing-html.ts';

const seed = readFileSync(new URL('../../seeds/cs.DC-2025-05-23.txt', import.meta.url));
const page = listingPage(sectionsHtml([{ title: 'New submissions (showing 1 of 1 entries)', entries: [{}] }]), {
  total: 1,
});

describe('parseListing', () => {
  it('tells text and HTML apart by looking', () => {
    expect(parseListing(seed, { name: 'seed' }).source).toBe('text');
    expect(parseListing(Buffer.from(page), { name: 'page' }).source).toBe('html');
    expect(parseListing(Buffer.from(page.slice(page.indexOf('<body'))), { name: 'page' }).source).toBe('html');
  });

  it.each([
    ['rss', rssFeed([rssItem()])],
    ['atom', atomFeed([atomEntry()])],
    ['api', apiAnswer([apiEntry()])],
    ['oai', oaiAnswer([oaiRecord(arxivMetadata())])],
  ] as const)('tells %s by looking, with a byte order mark or a comment in front too', (format, xml) => {
    const comment = xml.replace('?>', '?>\n<!-- from arXiv -->');
    for (const bytes of [xml, `\uFEFF${xml}`, comment].map((text) => Buffer.from(text))) {
      expect(parseListing(bytes, { name: 'f' })).toMatchObject({ source: format, entries: [{ id: '2609.00001' }] });
    }
    expect(parseListing(Buffer.from(xml), { name: 'f', format }).source).toBe(format);
  });

  it.each<[string, Uint8Array | string, 'auto' | 'text' | 'html', RegExp]>([
    ['an empty file', '', 'auto', /^f: the file is empty; expected arXiv's listing page/],
    ['blanks', ' \n\n', 'auto', /^f: the file holds nothing but blanks/],
    [
      'HTML where text was asked for',
      page,
      'text',
      /^f, line 1: found HTML where text was asked for; use format html or auto$/,
    ],
    [
      'text where HTML was asked for',
      seed,
      'html',
      /^f, line 1: found text where HTML was asked for; use format text or auto$/,
    ],
    ['a gzip archive', gzipSync(seed), 'auto', /^f: this is a gzip archive, not text/],
    ['a PDF', '%PDF-1.7\n', 'auto', /^f: this is a PDF, not text/],
    ['a binary file', Buffer.from([65, 66, 0, 1]), 'auto', /^f: this is binary, not text \(a zero at byte 2\)/],
    ['bytes that are no UTF-8', Buffer.from([65, 10, 0xff, 66]), 'auto', /^f, line 2: the bytes are no UTF-8/],
    [
      'a listing cut inside a character',
      seed.subarray(0, seed.indexOf('ü') + 1),
      'auto',
      /^f, line 6: the bytes are no UTF-8: .* cut inside a character/,
    ],
    [
      'RSS where HTML was asked for',
      rssFeed([]),
      'html',
      /^f, line 1: found an RSS feed where HTML was asked for; use format rss or auto$/,
    ],
    [
      'an entity bomb',
      '<?xml version="1.0"?>\n<!DOCTYPE rss [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]>\n<rss>&a;</rss>',
      'auto',
      /^f, line 1: this is an XML document with a DOCTYPE, whose entities could grow without bound, which is not read/,
    ],
    [
      'another XML document',
      '<?xml version="1.0"?>\n<urlset/>',
      'auto',
      /^f, line 1: this is an XML document, which is not read; expected arXiv's listing page as HTML or as text, its RSS/,
    ],
    [
      'the help of the feeds',
      'No archive specified. Archives are: astro-ph, cond-mat, cs.',
      'auto',
      /^f, line 1: this is the help page of arXiv's feeds/,
    ],
    ['JSON', '{"entries": []}', 'auto', /this is JSON, which is not read/],
    [
      'a daily mail without its subject',
      `${'-'.repeat(78)}\n\\\\\narXiv:2306.04713\n`,
      'auto',
      /^f, line 1: the mail has no “Subject:”, so its archive or category cannot be told$/,
    ],
    [
      'a daily mail where HTML was asked for',
      'Subject: math daily 1 new + 1 crosses received\n',
      'html',
      /^f, line 1: found a daily mail where HTML was asked for; use format mail or auto$/,
    ],
    ['comments without end', `<?xml version="1.0"?>${'<!-- -->'.repeat(240)}x`, 'auto', /this is an XML document/],
    [
      'another web page',
      errorPage('Invalid archive or category: bogus'),
      'auto',
      /^f: this is the page “Invalid archive or category: bogus”, not the listing of one announcement/,
    ],
    [
      'any other text',
      'Dear Sir,\n',
      'auto',
      /^f, line 1: expected arXiv's “Showing new listings for …” and found none/,
    ],
  ])('refuses %s in one sentence', (_what, content, format, message) => {
    let thrown: unknown;
    try {
      parseListing(Buffer.from(content), { format, name: 'f' });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code: 'unreadable-listing', message: expect.stringMatching(message) });
  });
});
