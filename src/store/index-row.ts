import { categorySpellings } from '../domain/category-spellings.ts';
import type { Paper } from '../domain/paper.ts';
import { parseAuthorName } from '../query/author-name.ts';
import { eachWord } from '../text/tokens.ts';

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

/** A paper's row of the full-text index: the words and stems of src/text, as `analysePaper` cuts them for subscriptions. */
export function toIndexRow(paper: Paper): IndexRow {
  const title = joinedWords(paper.title);
  const abstract = joinedWords(paper.abstract ?? '');
  const comments = joinedWords(paper.comments ?? '');
  return {
    title_stems: title.stems,
    abstract_stems: abstract.stems,
    comment_stems: comments.stems,
    title_words: title.words,
    abstract_words: abstract.words,
    comment_words: comments.words,
    authors: paper.authors.flatMap((author) => parseAuthorName(author) ?? []).join(' '),
    categories: [everyPaper, ...paper.categories.flatMap(categorySpellings).map(opaqueWord)].join(' '),
    ids: opaqueWord(paper.id),
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

function joinedWords(text: string): { readonly stems: string; readonly words: string } {
  const stems: string[] = [];
  const words: string[] = [];
  eachWord(text, (word) => {
    stems.push(word.stem);
    words.push(word.folded);
  });
  return { stems: stems.join(' '), words: words.join(' ') };
}
