import type { Highlight } from '../domain/search.ts';
import { readable } from '../text/tex.ts';

/** Private-use characters that stand around a highlighted word until it is Markdown. */
const open = '\u{F0000}';
const close = '\u{F0001}';
const marks = /[\u{F0000}\u{F0001}]/gu;

type Stretch = Pick<Highlight, 'start' | 'end'>;

/**
 * A stored text as a reader sees it, on one line, with marks around its highlighted words; `boldMarks` makes them Markdown.
 * `stretches` are UTF-16 offsets in the stored text. Where a mark would change how the TeX around it reads, that word stays unmarked.
 */
export function markHighlights(source: string, stretches: readonly Stretch[]): string {
  const stored = source.replaceAll(marks, ' '.repeat(open.length));
  const plain = readable(stored);
  const isHarmless = (some: readonly Stretch[]): boolean =>
    readable(insertMarks(stored, some)).replaceAll(marks, '') === plain;
  const kept = isHarmless(stretches) ? stretches : stretches.slice(0, 20).filter((stretch) => isHarmless([stretch]));
  const marked = isHarmless(kept) ? readable(insertMarks(stored, kept)) : plain;
  return (
    marked
      .replaceAll(/\s+/g, ' ')
      // An accent in TeX cuts a stored word in two: half a word in bold helps nobody.
      .replaceAll(
        /(?<=[\p{L}\p{M}])\u{F0000}([^\u{F0001}]*)\u{F0001}|\u{F0000}([^\u{F0001}]*)\u{F0001}(?=[\p{L}\p{M}])/gu,
        '$1$2',
      )
      // Words side by side become one stretch.
      .replaceAll(/\u{F0001}([ -]?)\u{F0000}/gu, '$1')
  );
}

/** Bold where both marks are left; a mark alone, after a cut, goes away. */
export function boldMarks(markdown: string): string {
  return markdown.replaceAll(/\u{F0000}([^\u{F0000}\u{F0001}]+)\u{F0001}/gu, '**$1**').replaceAll(marks, '');
}

/** A marked line from its first mark on, with at most `before` characters in front of it: from where a sentence begins, or else a word. */
export function fromFirstMark(line: string, before: number): string {
  const first = line.indexOf(open);
  if (first <= before) return line;
  const ahead = line.slice(first - before, first);
  const sentence = /^.*[.!?] (?=\p{Lu})/su.exec(ahead);
  const word = /^\S* /s.exec(ahead);
  return `… ${line.slice(first - before + (sentence ?? word ?? [ahead])[0].length)}`;
}

function insertMarks(source: string, stretches: readonly Stretch[]): string {
  let marked = '';
  let at = 0;
  for (const { start, end } of stretches.toSorted((a, b) => a.start - b.start)) {
    if (start < at || end <= start || end > source.length) continue;
    marked += source.slice(at, start) + open + source.slice(start, end) + close;
    at = end;
  }
  return marked + source.slice(at);
}
