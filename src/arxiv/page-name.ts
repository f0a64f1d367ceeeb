import { quote } from './unreadable.ts';

/**
 * What a page of arXiv's is that is no day's listing, for the sentence that refuses it: told from its title and headings.
 * `the page “…”` for errors, and for every page that is not known here.
 */
export function pageName(page: { readonly title: string | null; readonly headings: readonly string[] }): string {
  const several = page.headings.find((heading) => heading.startsWith('Authors and titles for '));
  if (several !== undefined) {
    return several === 'Authors and titles for recent submissions'
      ? 'the recent listing of several days'
      : `the listing ${quote(several, longestTitle)} of several days`;
  }
  const title = page.title ?? page.headings[0];
  if (title === undefined) return 'a web page';
  const paper = /^\[([^\]\s]{1,40})\] (?!Article identifier)/.exec(title)?.[1];
  if (paper !== undefined) return `the abstract page of ${paper}`;
  if (title === 'Category Taxonomy') return "arXiv's list of its categories, “Category Taxonomy”";
  if (title === 'Catchup') return 'the form that asks for a day to catch up on';
  return `the page ${quote(title, longestTitle)}`;
}

const longestTitle = 120;
