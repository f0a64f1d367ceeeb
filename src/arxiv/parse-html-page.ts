import { load } from 'cheerio/slim';
import type { ListingSection } from '../domain/listing.ts';
import { readHtmlEntry } from './html-entry.ts';
import { lineOf } from './html-text.ts';
import { childrenOf, elementsIn, isElement } from './html-tree.ts';
import type { PageElement, PageNode } from './html-tree.ts';
import type { ListingPage } from './join-pages.ts';
import { listingNamed } from './category.ts';
import { pageBoundExceeded } from './page-bounds.ts';
import { parsePageDate } from './page-date.ts';
import type { PageEntry } from './page-entry.ts';
import { pageName } from './page-name.ts';
import { isWhole, parseSectionTitle } from './sections.ts';
import { archiveNamed } from './subjects.ts';
import { quote } from './unreadable.ts';
import type { Complain } from './unreadable.ts';

/**
 * Reads arXiv's listing page `/list/<archive>/new` and its catch-up page of one day.
 *
 * A page that says it has no updates, and declares no entries, is an empty day: no entries, complete.
 *
 * @param options.archive what the page is of, where the caller knows and the page does not say (a last catch-up page)
 * @throws AppError with the line, for every other page and for one that breaks off
 */
export function parseHtmlPage(html: string, options: { complain: Complain; archive?: string }): ListingPage {
  const { complain } = options;
  const exceeded = pageBoundExceeded(html);
  if (exceeded !== null) throw complain(null, `this has ${exceeded}, which no page of arXiv's has; ${expected}`);
  const [root] = load(html, { xml: { xmlMode: false, withStartIndices: true } }).root();
  const lineAt = (node: PageNode) => html.slice(0, node.startIndex ?? 0).split('\n').length;
  const page = root === undefined ? undefined : elementsIn(root).find(({ attribs }) => attribs['id'] === 'dlpage');
  const headings =
    page === undefined
      ? []
      : childrenOf(page)
          .filter(isHeading)
          .flatMap((one) => lineOf([one]) ?? []);
  const dateText = dateTextOf(headings);
  if (root === undefined || page === undefined || dateText === null) {
    const [title = null] = linesOfElements(root, 'title');
    const name = pageName({ title, headings: page === undefined ? linesOfElements(root, 'h1') : headings });
    const line = page === undefined ? null : lineAt(page);
    throw complain(line, `this is ${name}, not the listing of one announcement; ${expected}`);
  }
  const date = parsePageDate(dateText);
  if (date === null) throw complain(lineAt(page), `the page's date “${dateText}” is no day that there was`);
  // Everything behind the last list is missing where the page breaks off, and then its last entry may be shortened.
  const lastEntry = html.lastIndexOf('<dt');
  if (html.indexOf('</dl>', lastEntry) < 0 && lastEntry >= 0) {
    throw complain(
      html.slice(0, lastEntry).split('\n').length,
      'the page breaks off in or behind this entry; fetch it again',
    );
  }

  const lists = [...elementsIn(page, 'dl')];
  const outside = lineOf([page], 'dl') ?? '';
  const declared = /Total of (\d+) entries/.exec(outside)?.[1];
  const total = declared === undefined ? null : Number(declared);
  const read = lists.map((list) => readList(list, lineAt, complain));
  const entries = read.flatMap((one) => one.entries);
  const isEmptyDay = lists.length === 0 && (total ?? 0) === 0 && /\bNo updates\b/.test(outside);
  if (entries.length === 0 && !isEmptyDay) {
    const found = total === null ? 'no entries and no “No updates today.”' : `no entries although it declares ${total}`;
    throw complain(lineAt(page), `the page has ${found}; fetch it again, whole`);
  }
  const archive = archiveOf(page, headings, entries) ?? options.archive;
  if (archive === undefined) throw complain(lineAt(page), 'the page does not tell which archive or category it is of');
  const sections = read.map((one) => one.section);
  const listed = entries.map((one) => one.entry);
  const complete = isEmptyDay || isWhole(listed, sections, total);
  return { listing: { source: 'html', archive, date, complete, sections, entries: listed }, total };
}

/** `Thursday, 3 February 2011` of the listing's `<h3>`, or `Thu, 03 Feb 2011` of a catch-up page's `<h1>`. */
function dateTextOf(headings: readonly string[]): string | null {
  for (const heading of headings) {
    const found =
      /^(?:Showing new listings for|Catchup results for .+ on) ([A-Z][a-z]+, \d{1,2} [A-Z][a-z]+ \d{4})$/.exec(
        heading,
      )?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

const expected = 'expected /list/<archive>/new';

/** One `<dl>`: its title is the `<h3>` inside. Every entry must be marked as the title says. */
function readList(
  list: PageElement,
  lineAt: (node: PageNode) => number,
  complain: Complain,
): { section: ListingSection; entries: readonly PageEntry[] } {
  const h3 = elementsIn(list, 'h3').next().value;
  const heading = (h3 === undefined ? null : lineOf([h3])) ?? '';
  const title = parseSectionTitle(heading);
  if (title === null) {
    throw complain(lineAt(list), `the section ${quote(heading)} is neither new, cross nor replacement submissions`);
  }
  const entries = [...elementsIn(list, 'dt')].map((dt) => {
    const one = readHtmlEntry(dt, (problem) => complain(lineAt(dt), problem));
    if (one.entry.kind !== title.kind) {
      throw complain(lineAt(dt), `${one.entry.id} is marked as ${one.entry.kind} in the section “${heading}”`);
    }
    return one;
  });
  return { section: { ...title, parsed: entries.length }, entries };
}

/** The page links to its own recent days, or to the next day of its catch-up; its name is the last resort. */
function archiveOf(page: PageElement, headings: readonly string[], entries: readonly PageEntry[]): string | undefined {
  for (const { attribs } of elementsIn(page, 'a')) {
    const [, recent] = /^recent-(.+)$/.exec(attribs['id'] ?? '') ?? [];
    const [, next] = /^\/catchup\/([^/]+)\//.exec(attribs['href'] ?? '') ?? [];
    if (recent !== undefined || next !== undefined) return recent ?? next;
  }
  const subjects = entries.map((one) => one.subjects);
  const names = headings.flatMap((heading) => /^Catchup results for (.+) on /.exec(heading)?.[1] ?? []);
  return names[0] === undefined ? undefined : (archiveNamed(names[0], subjects) ?? listingNamed(names[0]) ?? undefined);
}

function isHeading(node: PageNode): boolean {
  return isElement(node) && /^h[123]$/.test(node.name);
}

function linesOfElements(root: PageNode | undefined, name: string): readonly string[] {
  return root === undefined ? [] : [...elementsIn(root, name)].flatMap((one) => lineOf([one]) ?? []);
}
