import type { Token } from './tokens.ts';

/** What one word of a text must be: of this stem, exactly this folded word, or a folded word that begins so. */
export type WordPattern =
  | { readonly by: 'stem'; readonly stem: string }
  | { readonly by: 'exact'; readonly folded: string }
  | { readonly by: 'prefix'; readonly prefix: string };

/** Words that stand next to each other, in this order; one word is a phrase of one. Never empty. */
export type Phrase = readonly WordPattern[];

function matchesWord(pattern: WordPattern, token: Token): boolean {
  switch (pattern.by) {
    case 'stem':
      return token.stem === pattern.stem;
    case 'exact':
      return token.folded === pattern.folded;
    default:
      return token.folded.startsWith(pattern.prefix);
  }
}

/**
 * Indexes of the tokens at which the phrase begins, ascending; overlapping occurrences each count.
 * Cost: O(tokens × words of the phrase).
 */
export function occurrences(tokens: readonly Token[], phrase: Phrase): number[] {
  const found: number[] = [];
  for (let first = 0; first + phrase.length <= tokens.length; first++) {
    const stands = phrase.every((pattern, offset) => {
      const token = tokens[first + offset];
      return token !== undefined && matchesWord(pattern, token);
    });
    if (stands) found.push(first);
  }
  return found;
}
