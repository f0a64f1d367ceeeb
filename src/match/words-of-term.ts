import type { AnalysedPaper } from '../query/analyse.ts';

/**
 * How papers write terms that are known by their stems, folded: `specul decod` → `speculative decoding`. The first paper that has a
 * term says it. Cost: O(words of the papers).
 *
 * @param keys stems, or two adjacent stems joined by a blank
 */
export function wordsOfTerms(keys: ReadonlySet<string>, papers: readonly AnalysedPaper[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const say = (key: string, text: string): void => {
    if (keys.has(key) && !words.has(key)) words.set(key, text);
  };
  for (const { tokens } of papers) {
    for (const field of [tokens.title, tokens.abstract]) {
      for (const [index, { stem, folded }] of field.entries()) {
        say(stem, folded);
        const previous = field[index - 1];
        if (previous !== undefined) say(`${previous.stem} ${stem}`, `${previous.folded} ${folded}`);
      }
    }
  }
  return words;
}
