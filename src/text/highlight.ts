import { occurrences } from './phrase.ts';
import type { Phrase } from './phrase.ts';
import { tokenize } from './tokens.ts';

/** A stretch of a text in UTF-16 code units, `end` exclusive. */
export type TextRange = { readonly start: number; readonly end: number };

/**
 * Where the phrases stand in a text: ascending ranges that neither overlap nor touch.
 * A phrase is one range with what lies between its words; overlapping phrases become one range.
 */
export function highlight(text: string, phrases: readonly Phrase[]): TextRange[] {
  const tokens = tokenize(text);
  const found: TextRange[] = [];
  for (const phrase of phrases) {
    for (const first of occurrences(tokens, phrase)) {
      const begin = tokens[first];
      const last = tokens[first + phrase.length - 1];
      if (begin !== undefined && last !== undefined) found.push({ start: begin.start, end: last.end });
    }
  }
  return merge(found.toSorted((a, b) => a.start - b.start));
}

function merge(sorted: readonly TextRange[]): TextRange[] {
  const merged: TextRange[] = [];
  for (const range of sorted) {
    const previous = merged.at(-1);
    if (previous !== undefined && range.start <= previous.end) {
      merged[merged.length - 1] = { start: previous.start, end: Math.max(previous.end, range.end) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}
