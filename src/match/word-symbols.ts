import type { WordPattern } from '../text/phrase.ts';
import type { Token } from '../text/tokens.ts';

/** Numbers for what queries ask of a word: one a stem, an unstemmed word, a prefix. */
export type WordSymbols = {
  /** The number of a pattern, a new one where it was never asked for. Cost: a look into a map. */
  intern(pattern: WordPattern): number;
  /** The patterns that each word of a text fulfils. Valid until the next call. */
  read(tokens: readonly Token[]): TextSymbols;
};

/** The patterns that word `n` fulfils are `symbols` from `starts[n]` up to `starts[n + 1]`. */
export type TextSymbols = { readonly length: number; readonly starts: Int32Array; readonly symbols: Int32Array };

export function createWordSymbols(): WordSymbols {
  const stems = new Map<string, number>();
  const exacts = new Map<string, number>();
  const prefixes = new Map<string, number>();
  let longestExact = 0;
  /** Lengths that a prefix has, ascending. */
  let prefixLengths: readonly number[] = [];
  let next = 1;
  let starts = new Int32Array(1024);
  let symbols = new Int32Array(1024);

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
    next += 1;
    return next - 1;
  }

  function read(tokens: readonly Token[]): TextSymbols {
    const most = tokens.length * (2 + prefixLengths.length) + 1;
    if (most > symbols.length) {
      starts = new Int32Array(2 * most);
      symbols = new Int32Array(2 * most);
    }
    let end = 0;
    const put = (symbol: number | undefined): void => {
      if (symbol === undefined) return;
      symbols[end] = symbol;
      end += 1;
    };
    for (const [index, { stem, folded }] of tokens.entries()) {
      starts[index] = end;
      put(stems.get(stem));
      // Only acronyms are asked for so, and most words are longer.
      if (folded.length <= longestExact) put(exacts.get(folded));
      for (const length of prefixLengths) {
        if (length > folded.length) break;
        put(prefixes.get(folded.slice(0, length)));
      }
    }
    starts[tokens.length] = end;
    return { length: tokens.length, starts, symbols };
  }
}
