import { stem } from '../text/stem.ts';

/*
 * The terms of the dictionary, in the order of JavaScript's `<`. The first sign says what a term is; words hold letters and digits only.
 *
 * t + stem + NUL + word   a word of titles and abstracts: words of one stem stand together
 * c + stem + NUL + word   a word of comments
 * w + word                every word of either, without postings, with the number of papers that have it in title or abstract
 * a + word                a word of authors' names
 * k + code                a category in lower case
 */

/** Terms from `from` on and before `to`. */
export type TermRange = { readonly from: string; readonly to: string };

/** Where a word stands: in titles and abstracts, or in comments. */
export type WordPlace = 't' | 'c';

const nul = '\u0000';
/** No letter, and behind all of them. */
const last = '\uffff';

export function wordTerm(place: WordPlace, folded: string, itsStem: string = stem(folded)): string {
  return `${place}${itsStem}${nul}${folded}`;
}

export function listedWord(folded: string): string {
  return `w${folded}`;
}

/** The word that `listedWord` made a term of. */
export function wordOfTerm(term: string): string {
  return term.slice(1);
}

export function authorTerm(word: string): string {
  return `a${word}`;
}

/** One to one but for line breaks, which would end a term and are in no category that can be asked for. */
export function categoryTerm(code: string): string {
  return `k${code.toLowerCase().replaceAll('\n', ' ')}`;
}

export function exactly(term: string): TermRange {
  return { from: term, to: `${term}${nul}` };
}

export function beginningWith(term: string): TermRange {
  return { from: term, to: `${term}${last}` };
}

export function wordsOfStem(place: WordPlace, itsStem: string): TermRange {
  return { from: `${place}${itsStem}${nul}`, to: `${place}${itsStem}\u0001` };
}
