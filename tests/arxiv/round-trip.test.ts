import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseListing } from '../../src/arxiv/parse-listing.ts';
import { canOfHtml, canOfMail, canOfText, listings } from './listing-arbitrary.ts';
import { htmlOf, mailOf, textOf } from './render-listing.ts';

describe('parseListing, of what was rendered from a listing', () => {
  it('gives back every field of a page', () => {
    fc.assert(
      fc.property(listings(canOfHtml), (listing) => {
        expect(parseListing(Buffer.from(htmlOf(listing)), { name: 'page' })).toEqual(listing);
      }),
    );
  });

  it('gives back every field of a mail', () => {
    fc.assert(
      fc.property(listings(canOfMail), (listing) => {
        expect(parseListing(Buffer.from(mailOf(listing)), { name: 'mail' })).toEqual(listing);
      }),
    );
  });

  it('gives back every field of the text rendering but authors, which are glued to the title there', () => {
    fc.assert(
      fc.property(listings(canOfText), (listing) => {
        expect(parseListing(Buffer.from(textOf(listing)), { name: 'text', archive: 'cs.DC' })).toEqual(listing);
      }),
    );
  });
});
