import { foldWord } from './fold.ts';
import { stem } from './stem.ts';

/** A word of a text. `start` and `end` are UTF-16 offsets in that text, `end` exclusive. */
export type Token = {
  readonly folded: string;
  readonly stem: string;
  readonly start: number;
  readonly end: number;
};

const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/**
 * The words of a text in order: runs of letters and digits with their combining marks. A hyphenated word gives one token a part.
 *
 * Queries, papers and both databases are cut by this function, so that they agree on what a word is.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(word)) {
    const folded = foldWord(match[0]);
    if (folded !== '') {
      tokens.push({ folded, stem: stem(folded), start: match.index, end: match.index + match[0].length });
    }
  }
  return tokens;
}
