import type { AnalysedPaper } from '../query/analyse.ts';

/** How papers write a term that is known by its stems, folded: `specul decod` → `speculative decoding`; the stems where none has it. */
export function wordsOfTerm(stems: readonly string[], papers: readonly AnalysedPaper[]): string {
  for (const { tokens } of papers) {
    for (const field of [tokens.title, tokens.abstract]) {
      for (let first = 0; first + stems.length <= field.length; first++) {
        if (stems.every((stem, offset) => field[first + offset]?.stem === stem)) {
          return field
            .slice(first, first + stems.length)
            .map(({ folded }) => folded)
            .join(' ');
        }
      }
    }
  }
  return stems.join(' ');
}
