import type { Paper } from '../domain/paper.ts';
import { analysePaper } from '../query/analyse.ts';
import type { Token } from '../text/tokens.ts';

/** The columns of the full-text index. */
export const indexColumns = [
  'title_stems',
  'abstract_stems',
  'comment_stems',
  'title_words',
  'abstract_words',
  'comment_words',
  'authors',
  'categories',
  'ids',
] as const;
export type IndexColumn = (typeof indexColumns)[number];

/** Each column a text of words, joined by blanks. */
export type IndexRow = Readonly<Record<IndexColumn, string>>;

/**
 * A word that every paper's row holds, in `categories`: "every paper, but not …" needs something to begin with.
 * No category becomes this word.
 */
export const everyPaper = opaqueWord('*');

/** A paper's row of the full-text index: the tokens and stems of src/text. */
export function toIndexRow(paper: Paper): IndexRow {
  const { tokens, authors, categories, id } = analysePaper(paper);
  return {
    title_stems: stems(tokens.title),
    abstract_stems: stems(tokens.abstract),
    comment_stems: stems(tokens.comments),
    title_words: words(tokens.title),
    abstract_words: words(tokens.abstract),
    comment_words: words(tokens.comments),
    authors: authors.flat().join(' '),
    categories: [everyPaper, ...categories.map(opaqueWord)].join(' '),
    ids: opaqueWord(id),
  };
}

/**
 * A code as one word of the index, in lower case (`cs.DC`, `math/0309136`): ASCII signs, at which the index would cut, become
 * characters of Unicode's private use area. One to one, and the beginning of a code becomes the beginning of the word.
 */
export function opaqueWord(code: string): string {
  return code
    .toLowerCase()
    .replaceAll(/[^a-z0-9\u0080-\uffff]/g, (sign) => String.fromCodePoint(0xe000 + (sign.codePointAt(0) ?? 0)));
}

function stems(tokens: readonly Token[]): string {
  return tokens.map((token) => token.stem).join(' ');
}

function words(tokens: readonly Token[]): string {
  return tokens.map((token) => token.folded).join(' ');
}
