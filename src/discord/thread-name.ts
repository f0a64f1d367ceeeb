import { readable } from '../text/tex.ts';
import type { ShownPaper } from './embed-paper.ts';
import { limits } from './limits.ts';
import { fitPlain } from './markdown.ts';
import { digestTitle } from './render-delivery.ts';

/** What a post of a forum is called: the title of its paper, or how many there are of which day. 1 to 100 code points, without Markdown. */
export function threadName(papers: readonly ShownPaper[], date: string | null): string {
  const [first, ...others] = papers;
  if (first === undefined || others.length > 0) return fitPlain(digestTitle(papers.length, date), limits.threadName);
  const title = fitPlain(readable(first.paper.title), limits.threadName);
  return title === '' ? fitPlain(`arXiv:${first.paper.id}`, limits.threadName) : title;
}
