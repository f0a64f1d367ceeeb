import { foldWord } from './fold.ts';
import { stem } from './stem.ts';

/** What a word is compared by, and how it was written. */
export type Word = { readonly written: string; readonly folded: string; readonly stem: string };

/**
 * Words remembered, each in one of the two places that its hash gives it, the latest found first. Some
 * 20 MB when all are taken. A year of arXiv has 300,000 different words; most of them come once, and the common ones stay.
 */
const places = 1 << 17;
const remembered: (Word | undefined)[] = Array.from({ length: places });
/** A longer run of letters is no word that comes again. */
const longestRemembered = 40;

/**
 * The word that stands in `text` from `start` to `end`; `folded` is empty where nothing is left of it.
 *
 * Folding and stemming take microseconds, and finding what was found before a tenth of one: no part of the text is cut out for it.
 *
 * @param hash `hashOf` that part
 */
export function wordAt(text: string, start: number, end: number, hash: number): Word {
  const length = end - start;
  const first = (hash ^ (hash >>> 15)) & (places - 1);
  const known = remembered[first];
  if (known !== undefined && known.written.length === length && same(text, known.written, start)) return known;
  const second = first ^ 1;
  const other = remembered[second];
  if (other !== undefined && other.written.length === length && same(text, other.written, start)) return other;
  const word = readWord(copied(text.slice(start, end)));
  if (length <= longestRemembered) {
    remembered[second] = known;
    remembered[first] = word;
  }
  return word;
}

function readWord(written: string): Word {
  const folded = foldWord(written);
  return { written, folded, stem: stem(folded) };
}

export function hashOf(text: string, start: number, end: number): number {
  let hash = 0;
  for (let index = start; index < end; index += 1) hash = addToHash(hash, text.charCodeAt(index));
  return hash;
}

/** `hashOf` with one more code unit; that of nothing is 0. */
export function addToHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

/** A part of a long text keeps all of it in memory (V8 cuts no copy from 13 characters on). */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}

/** Faster than `startsWith`, for most words are short (2026-11-23). */
function same(text: string, written: string, start: number): boolean {
  for (let index = 0; index < written.length; index += 1) {
    if (text.charCodeAt(start + index) !== written.charCodeAt(index)) return false;
  }
  return true;
}
