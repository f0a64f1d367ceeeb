import type { Listing } from '../domain/listing.ts';
import { decodeListing } from './listing-format.ts';
import type { ListingFormat } from './listing-format.ts';
import { parseApiPage } from './parse-api.ts';
import { parseAtom } from './parse-atom.ts';
import { parseHtmlPage } from './parse-html-page.ts';
import { parseMail } from './parse-mail.ts';
import { parseOaiPage } from './parse-oai.ts';
import { parseRss } from './parse-rss.ts';
import { parseTextListing } from './parse-text-listing.ts';
import { complaintsAbout } from './unreadable.ts';
import type { Complain } from './unreadable.ts';

/**
 * Reads a day's listing from the bytes of a file or an answer.
 *
 * Counts that disagree with what the source declares give `complete: false`; nothing else is ever shortened in silence.
 *
 * @param options.format what the bytes are; `auto` (the default) looks
 * @param options.name what the operator calls the source: a path or an address
 * @param options.archive what was asked for; needed only where a page does not name it
 * @throws AppError `unreadable-listing`, with name, line, what was found and what to do
 */
export function parseListing(
  bytes: Uint8Array,
  options: { format?: ListingFormat | 'auto'; name: string; archive?: string },
): Listing {
  const complain = complaintsAbout(options.name);
  const { format, text } = decodeListing(bytes, options.format ?? 'auto', complain);
  const asked = { complain, ...(options.archive === undefined ? {} : { archive: options.archive }) };
  return parsers[format](text, asked);
}

type Parse = (text: string, options: { complain: Complain; archive?: string }) => Listing;

const parsers: Readonly<Record<ListingFormat, Parse>> = {
  text: parseTextListing,
  html: (text, options) => parseHtmlPage(text, options).listing,
  mail: parseMail,
  rss: parseRss,
  atom: parseAtom,
  api: (text, options) => parseApiPage(text, options).listing,
  oai: (text, options) => parseOaiPage(text, options).listing,
};
