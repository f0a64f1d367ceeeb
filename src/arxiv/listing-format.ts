import type { Complain } from './unreadable.ts';

/** The formats that are read. */
export const listingFormats = ['text', 'html', 'rss', 'atom', 'api', 'oai', 'mail'] as const;
export type ListingFormat = (typeof listingFormats)[number];

/** What bytes in a format are, in a sentence. */
const names: Readonly<Record<ListingFormat, string>> = {
  text: 'text',
  html: 'HTML',
  rss: 'an RSS feed',
  atom: 'an Atom feed',
  api: 'an answer of the export API',
  oai: 'an OAI-PMH answer',
  mail: 'a daily mail',
};

const read =
  "arXiv's listing page as HTML or as text, its RSS or Atom feed, its daily mail, an answer of its export API or of OAI-PMH";

/**
 * Decodes the bytes of a listing and tells its format, by looking where `wanted` is `auto`.
 *
 * @throws AppError naming what the bytes are, for everything that is not read
 */
export function decodeListing(
  bytes: Uint8Array,
  wanted: ListingFormat | 'auto',
  complain: Complain,
): { format: ListingFormat; text: string } {
  if (bytes.length === 0) throw complain(null, `the file is empty; expected ${read}`);
  const text = decodeUtf8(bytes, complain);
  if (text.trim() === '') throw complain(null, `the file holds nothing but blanks; expected ${read}`);
  const found = formatOf(text);
  if (!isFormat(found)) throw complain(1, `this is ${found}, which is not read; expected ${read}`);
  if (wanted !== 'auto' && wanted !== found) {
    throw complain(1, `found ${names[found]} where ${names[wanted]} was asked for; use format ${found} or auto`);
  }
  return { format: found, text };
}

function decodeUtf8(bytes: Uint8Array, complain: Complain): string {
  const kind = magicNumbers.find(([magic]) => magic.every((byte, index) => bytes[index] === byte))?.[1];
  if (kind !== undefined) throw complain(null, `this is ${kind}, not text; expected ${read}`);
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw complain(null, `this is binary, not text (a zero at byte ${nul}); expected ${read}`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder does not say where; a decoder that replaces finds the place.
    const replaced = new TextDecoder('utf-8').decode(bytes);
    const line = replaced.slice(0, replaced.indexOf('\uFFFD')).split('\n').length;
    throw complain(
      line,
      `the bytes are no UTF-8: a binary file, or a listing cut inside a character; expected ${read}`,
    );
  }
}

const magicNumbers: readonly (readonly [readonly number[], string])[] = [
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG image'],
];

function isFormat(found: string): found is ListingFormat {
  return listingFormats.some((format) => format === found);
}

/** A format that is read, or in words what else it is. */
function formatOf(text: string): string {
  const start = text.trimStart().slice(0, 2000);
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<rss\b/i.test(start)) return 'rss';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<feed\b/i.test(start))
    // Both are Atom; only the API counts what it found.
    return start.includes('<opensearch:') ? 'api' : 'atom';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<OAI-PMH\b/i.test(start)) return 'oai';
  if (/^(?:<!doctype html|<html\b)/i.test(start) || /id=['"]dlpage['"]/.test(text)) return 'html';
  if (/^(?:<\?xml[^>]*>\s*)?<!DOCTYPE/i.test(start)) {
    return 'an XML document with a DOCTYPE, whose entities could grow without bound';
  }
  if (/^<\?xml/i.test(start)) return 'an XML document';
  if (start.startsWith('No archive specified. Archives are: '))
    return "the help page of arXiv's feeds (no archive was asked for)";
  if (start.startsWith('<')) return 'html';
  if (/^[[{]\s*["{}[\]]/.test(start)) return 'JSON';
  if (/^-{70,}$/m.test(start) && /^\\\\$/m.test(text)) return 'mail';
  if (/^Subject: \S+ daily /m.test(start)) return 'mail';
  return 'text';
}
