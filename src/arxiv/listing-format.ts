import type { Complain } from './unreadable.ts';

/** The formats that are read. */
export const listingFormats = ['text', 'html', 'mail'] as const;
export type ListingFormat = (typeof listingFormats)[number];

const read = "arXiv's listing page as HTML or as text, or its daily mail";

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
  const format = listingFormats.find((one) => one === found);
  if (format === undefined) throw complain(1, `this is ${found}, which is not read; expected ${read}`);
  if (wanted !== 'auto' && wanted !== format) {
    throw complain(1, `found ${names[format]} where ${names[wanted]} was asked for; use format ${format} or auto`);
  }
  return { format, text };
}

const names: Readonly<Record<ListingFormat, string>> = { text: 'text', html: 'HTML', mail: 'a daily mail' };

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

/** A format that is read, or in words what else it is. */
function formatOf(text: string): string {
  const start = text.trimStart().slice(0, 2000);
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<rss\b/i.test(start)) return 'an RSS feed';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<feed\b/i.test(start))
    return 'an Atom feed or an answer of the export API';
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<OAI-PMH\b/i.test(start)) return 'an OAI-PMH answer';
  if (/^(?:<!doctype html|<html\b)/i.test(start) || /id=['"]dlpage['"]/.test(text)) return 'html';
  if (/^<\?xml/i.test(start)) return 'an XML document';
  if (start.startsWith('<')) return 'html';
  if (/^[[{]\s*["{}[\]]/.test(start)) return 'JSON';
  if (/^-{70,}$/m.test(start) && /^\\\\$/m.test(text)) return 'mail';
  if (/^Subject: \S+ daily /m.test(start)) return 'mail';
  return 'text';
}
