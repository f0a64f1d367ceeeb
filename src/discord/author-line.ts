import type { Paper } from '../domain/paper.ts';
import { readable } from '../text/tex.ts';
import { fitMarkdown, oneLine } from './markdown.ts';
import { lengthOf } from './shorten.ts';

/** A name is longer only by mistake, or for a collaboration with its whole address. */
const longestName = 80;

/**
 * “Sean R. Wilkinson, Johan Gustafsson, Finn Bacall and 22 others”, as Markdown: up to `names` names, fewer where `max` code points ask for it;
 * empty where the authors are not known. A list that the source cut counts “100 or more”.
 */
export function authorLine(paper: Pick<Paper, 'authors' | 'authorsTruncated'>, names: number, max: number): string {
  for (let shown = Math.min(names, paper.authors.length); shown > 0; shown -= 1) {
    const line = lineOf(paper, shown);
    if (lengthOf(line) <= max) return line;
  }
  const [first] = paper.authors;
  return first === undefined ? '' : fitMarkdown(oneLine(readable(first)), max);
}

function lineOf({ authors, authorsTruncated }: Pick<Paper, 'authors' | 'authorsTruncated'>, shown: number): string {
  const names = authors.slice(0, shown).map((name) => fitMarkdown(oneLine(readable(name)), longestName));
  const others = authors.length - shown;
  if (authorsTruncated) return `${names.join(', ')} and ${others > 0 ? `at least ${others}` : 'some'} others`;
  if (others > 0) return `${names.join(', ')} and ${others} ${others === 1 ? 'other' : 'others'}`;
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last;
}
