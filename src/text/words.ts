import { foldWord } from './fold.ts';
import { stem } from './stem.ts';

/** What a word is compared by. `number`: no other word ever has it; a word that was forgotten meanwhile comes back with another. */
export type Word = { readonly folded: string; readonly stem: string; readonly number: number };

/**
 * Words remembered, each in one of the two places that its hash gives it, the latest read first. Some 20 MB when all are taken. A year of
 * arXiv has 300,000 different words; most of them come once, and the common ones stay.
 */
const places = 1 << 17;
const remembered: (Word | undefined)[] = Array.from({ length: places });
/** The keys of the words in the same places: two numbers each. Beside one another, so that a look is one line of the processor's cache. */
const keys = new Int32Array(2 * places);

/** ASCII letters (in either case the same) and digits as 1 to 36; 0 for every other sign. */
export const signs = new Uint8Array(128).map((_, code) => {
  const sign = String.fromCharCode(code);
  return /[a-z0-9]/i.test(sign) ? Number.parseInt(sign, 36) + 1 : 0;
});

/** A key is two halves of 30 bits, six a sign: the first five signs of a word, and of those behind them the last five. */
export const signsOfAHalf = 5;
export const bitsOfASign = 6;
export const bitsOfAHalf = (1 << (signsOfAHalf * bitsOfASign)) - 1;
/** Longer words have this bit in the second half too: their key tells them from shorter ones, but not always from one another. */
const isLong = 1 << 30;

/** A longer run of letters is no word that comes again. */
export const longestRemembered = 40;

/**
 * The word that stands in `text` from `start` to `end`, all of it ASCII letters and digits, no more than `longestRemembered`: found by its key.
 *
 * Folding and stemming take microseconds, and finding what was found before a tenth of one: no part of the text is cut out for it.
 */
export function asciiWordAt(text: string, start: number, end: number, half1: number, half2: number): Word {
  const key1 = half1;
  const key2 = end - start > 2 * signsOfAHalf ? half2 | isLong : half2;
  const hash = Math.imul(key1, 0x9e3779b1) ^ Math.imul(key2, 0x85ebca6b);
  const place = (hash ^ (hash >>> 15)) & (places - 1);
  const first = remembered[place];
  if (first !== undefined && keys[2 * place] === key1 && keys[2 * place + 1] === key2) {
    if (key2 < isLong || isSame(first, text, start, end)) return first;
  }
  const next = place ^ 1;
  const second = remembered[next];
  if (second !== undefined && keys[2 * next] === key1 && keys[2 * next + 1] === key2) {
    if (key2 < isLong || isSame(second, text, start, end)) return second;
  }
  const word = wordOf(copied(text.slice(start, end)));
  remembered[next] = first;
  keys.copyWithin(2 * next, 2 * place, 2 * place + 2);
  remembered[place] = word;
  keys[2 * place] = key1;
  keys[2 * place + 1] = key2;
  return word;
}

/** Whether a long word of the same key is the one that stands in `text`: its length and the signs between the halves of the key tell. */
function isSame({ folded }: Word, text: string, start: number, end: number): boolean {
  if (folded.length !== end - start) return false;
  for (let index = signsOfAHalf; index < folded.length - signsOfAHalf; index++) {
    if (signs[folded.charCodeAt(index)] !== signs[text.charCodeAt(start + index)]) return false;
  }
  return true;
}

/** Words with other signs, in two generations: what was not met among the last 20,000 new ones is forgotten. */
const generationSize = 20_000;
let young = new Map<string, Word>();
let old: ReadonlyMap<string, Word> = new Map();

/** Any other word as it is written. `folded` is empty where nothing is left of it. */
export function longWord(written: string): Word {
  const known = young.get(written);
  if (known !== undefined) return known;
  const word = old.get(written) ?? wordOf(copied(written));
  if (written.length > longestRemembered) return word;
  if (young.size >= generationSize) {
    old = young;
    young = new Map();
  }
  young.set(copied(written), word);
  return word;
}

let words = 0;

function wordOf(written: string): Word {
  const folded = foldWord(written);
  words += 1;
  return { folded, stem: stem(folded), number: words };
}

/** A part of a long text keeps all of it in memory (V8 cuts no copy from 13 characters on). */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}
