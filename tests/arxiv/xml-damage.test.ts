import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { listingSchema } from '../../src/domain/listing.ts';
import { AppError } from '../../src/lib/errors.ts';
import {
  apiAnswer,
  apiEntry,
  arxivMetadata,
  atomEntry,
  atomFeed,
  dublinCore,
  oaiAnswer,
  oaiRecord,
  rawMetadata,
  rssFeed,
  rssItem,
} from './arxiv-xml.ts';

const documents: readonly string[] = [
  rssFeed([rssItem(), rssItem({ id: '2609.00002v2', type: 'replace' })]),
  atomFeed([atomEntry(), atomEntry({ id: '2609.00002v2', type: 'cross' })]),
  apiAnswer([apiEntry(), apiEntry({ id: '2609.00002v2' })]),
  oaiAnswer([arxivMetadata(), rawMetadata(), dublinCore()].map((metadata) => oaiRecord(metadata))),
];

/** What damage or malice leaves in a document: pieces of XML, entities, long runs, deep nesting. */
const debris = fc.oneof(
  fc.constantFrom('<', '>', '&', '"', '\0', '<!--', ']]>', '<![CDATA[', '<?x ?>', '&#0;', '&#x110000;', '<x/>'),
  fc.constantFrom('<item>', '</item>', '<entry>', '</entry>', '<record>', '</record>', '<title>', '</title>'),
  fc.constantFrom(
    '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&b;">]>',
    '<!ENTITY b "x">',
    '<__proto__>',
    '<constructor/>',
  ),
  fc.constantFrom(' ', '\n', '(', ', ', '<a>', '&lt;', '.').map((piece) => piece.repeat(5_000)),
  fc.string({ maxLength: 20 }),
);

/** How many entries the listing has; null for one sentence that refuses it. Anything else is thrown. */
function entriesOf(text: string): number | null {
  try {
    return listingSchema.parse(parseListing(Buffer.from(text), { name: 'f' })).entries.length;
  } catch (error) {
    if (error instanceof AppError && /^f(?:, line \d+)?: .{1,1000}$/.test(error.message)) return null;
    throw error;
  }
}

describe("parseListing, of arXiv's XML when it is damaged", () => {
  it.each(documents)('refuses a document that breaks off, wherever it does', (document) => {
    const whole = document.trimEnd();
    const lengths = Array.from({ length: Math.ceil(whole.length / 11) }, (_, index) => index * 11);
    expect(lengths.filter((length) => entriesOf(whole.slice(0, length)) !== null)).toEqual([]);
    expect(entriesOf(whole)).toBeGreaterThan(1);
  });

  it('gives a listing or one sentence, whatever was put in or taken out', () => {
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const damaged = fc
      .tuple(fc.constantFrom(...documents), place, fc.nat(40), debris)
      .map(([document, at, lost, put]) => {
        const start = Math.floor(at * document.length);
        return document.slice(0, start) + put + document.slice(start + lost);
      });
    expect(() =>
      fc.assert(
        fc.property(damaged, (text) => void entriesOf(text)),
        { numRuns: 500 },
      ),
    ).not.toThrow();
  });

  it.each(documents)('loses no entry in silence when a tag is damaged', (document) => {
    const tags = [...document.matchAll(/<\/?(?:item|entry|record|header|metadata|channel)\b/g)];
    const counts = tags.map(({ 0: tag, index }) =>
      entriesOf(`${document.slice(0, index)}${tag}x${document.slice(index + tag.length)}`),
    );
    expect(counts.length).toBeGreaterThan(3);
    expect(counts.filter((count) => count !== null && count !== entriesOf(document))).toEqual([]);
  });
});
