import type { IndexPhrase } from './index-query.ts';

/**
 * PostgreSQL's limits, beyond which it refuses a text or drops positions.
 * Source: https://www.postgresql.org/docs/18/textsearch-limits.html
 */
const wordBytes = 2046;
const vectorBytes = 1_000_000;
const lastPosition = 16_383;
const positionsPerWord = 255;

/**
 * Words joined by blanks as the text of a `tsvector`, each with the positions at which it stands.
 *
 * No text is refused: of words longer than 2 kB the beginning counts, and a text ends, for the index, where a vector does (16,383 words, 1 MB;
 * the longest abstract has some 400 words). Phrases look at the first 255 places of a word.
 */
export function toTsvector(text: string): string {
  const places = new Map<string, number[]>();
  let bytes = 0;
  for (const [index, word] of text.split(' ').entries()) {
    if (index >= lastPosition) break;
    if (word === '') continue;
    const kept = shortened(word);
    // A new word costs itself, and each place two bytes; both are counted generously.
    bytes += (places.has(kept) ? 0 : Buffer.byteLength(kept) + 8) + 4;
    if (bytes > vectorBytes) break;
    const known = places.get(kept) ?? [];
    if (known.length < positionsPerWord) known.push(index + 1);
    places.set(kept, known);
  }
  return [...places].map(([word, positions]) => `${quoted(word)}:${positions.join(',')}`).join(' ');
}

/** A phrase as the text of a `tsquery`. */
export function toTsquery({ words, isPrefix }: Pick<IndexPhrase, 'words' | 'isPrefix'>): string {
  return words
    .map((word, index) => `${quoted(shortened(word))}${isPrefix && index === words.length - 1 ? ':*' : ''}`)
    .join(' <-> ');
}

/** The beginning of a word that PostgreSQL takes, cut between two characters. */
function shortened(word: string): string {
  if (word.length * 3 <= wordBytes || Buffer.byteLength(word) <= wordBytes) return word;
  return new TextDecoder().decode(Buffer.from(word).subarray(0, wordBytes)).replace(/\ufffd+$/, '');
}

/** Our words hold letters and digits only; quotes and backslashes are doubled all the same, so that no text can leave its quotes. */
function quoted(word: string): string {
  return `'${word.replaceAll(/['\\]/g, '$&$&')}'`;
}
