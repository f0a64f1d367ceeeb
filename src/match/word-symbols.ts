import type { WordPattern } from '../text/phrase.ts';
import { eachWord } from '../text/tokens.ts';
import type { Word } from '../text/words.ts';
import { grown } from './int-pool.ts';

/** Numbers for what queries ask of a word: one a stem, an unstemmed word, a prefix. */
export type WordSymbols = {
  /** The number of a pattern, a new one where it was never asked for. Cost: a look into a map. */
  intern(pattern: WordPattern): number;
  /** The patterns that each word of a text fulfils. Valid until the next call. */
  read(text: string): TextSymbols;
};

/** The patterns that word `n` fulfils are `symbols` from `starts[n]` up to the next 0. */
export type TextSymbols = { readonly length: number; readonly starts: Int32Array; readonly symbols: Int32Array };

/** Words whose patterns are remembered: a day has some fifteen thousand different ones. A power of two. */
const places = 1 << 16;
/** Patterns remembered, 0 behind those of each word. */
const mostSymbols = 1 << 18;

export function createWordSymbols(): WordSymbols {
  const stems = new Map<string, number>();
  const exacts = new Map<string, number>();
  const prefixes = new Map<string, number>();
  let longestExact = 0;
  /** Lengths that a prefix has, ascending. */
  let prefixLengths: readonly number[] = [];
  let next = 1;
  let starts = new Int32Array(1024);
  let length = 0;

  /**
   * Looking a word up in three maps takes longer than all else that is done with it, so it is done once: the number of the word that was
   * met last at a place, and where its patterns stand. All are forgotten when a new pattern is asked for.
   */
  const wordsMet = new Int32Array(places);
  const startsMet = new Int32Array(places);
  let symbols = new Int32Array(1024);
  let end = 0;
  let isForgotten = true;

  return { intern, read };

  function intern(pattern: WordPattern): number {
    switch (pattern.by) {
      case 'stem':
        return numberIn(stems, pattern.stem);
      case 'exact':
        longestExact = Math.max(longestExact, pattern.folded.length);
        return numberIn(exacts, pattern.folded);
      default:
        if (!prefixLengths.includes(pattern.prefix.length)) {
          prefixLengths = [...prefixLengths, pattern.prefix.length].toSorted((a, b) => a - b);
        }
        return numberIn(prefixes, pattern.prefix);
    }
  }

  function numberIn(numbers: Map<string, number>, text: string): number {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, next);
    isForgotten = true;
    next += 1;
    return next - 1;
  }

  function read(text: string): TextSymbols {
    if (isForgotten || end > mostSymbols) {
      wordsMet.fill(0);
      // The first 0 is what most words fulfil: nothing.
      end = 1;
      isForgotten = false;
    }
    length = 0;
    eachWord(text, take);
    return { length, starts, symbols };
  }

  function take(word: Word): void {
    const place = word.number & (places - 1);
    if (wordsMet[place] !== word.number) {
      wordsMet[place] = word.number;
      startsMet[place] = put(word);
    }
    if (length === starts.length) starts = grown(starts);
    starts[length] = startsMet[place] ?? 0;
    length += 1;
  }

  /** Writes the patterns that a word fulfils, and says where they begin. */
  function put({ stem, folded }: Word): number {
    const start = end;
    append(stems.get(stem));
    // Only acronyms are asked for as they are, and most words are longer.
    if (folded.length <= longestExact) append(exacts.get(folded));
    for (const prefixLength of prefixLengths) {
      if (prefixLength > folded.length) break;
      append(prefixes.get(folded.slice(0, prefixLength)));
    }
    if (end === start) return 0;
    append(0);
    return start;
  }

  function append(symbol: number | undefined): void {
    if (symbol === undefined) return;
    if (end === symbols.length) symbols = grown(symbols);
    symbols[end] = symbol;
    end += 1;
  }
}
