import porterStemmer from 'natural/lib/natural/stemmers/porter_stemmer.js';

/** Longer runs of letters are no English words (DNA, base64), and the stemmer's time grows with the square of the length. */
const longestWord = 40;

/** About 30 MB when full. A year of arXiv has some 300,000 different words; most of them come once. */
const cacheSize = 200_000;
const cache = new Map<string, string>();

/**
 * The Porter stem of a folded word: `molecules` → `molecul`.
 *
 * Source: M. F. Porter (1980), "An algorithm for suffix stripping", as natural implements it.
 */
export function stem(folded: string): string {
  const known = cache.get(folded);
  if (known !== undefined) return known;
  if (folded.length > longestWord) return folded;
  const found = porterStemmer.stem(folded);
  if (cache.size >= cacheSize) cache.clear();
  cache.set(folded, found);
  return found;
}
