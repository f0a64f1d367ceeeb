import { load } from 'cheerio/slim';
import type { Cheerio } from 'cheerio/slim';
import type { ListingSection } from '../domain/listing.ts';
import { readHtmlEntry } from './html-entry.ts';
import { lineOf } from './html-text.ts';
import type { PageNode } from './html-text.ts';
import type { ListingPage } from './join-pages.ts';
import { pageBoundExceeded } from './page-bounds.ts';
import { parsePageDate } from './page-date.ts';
import type { PageEntry } from './page-entry.ts';
import { pageName } from './page-name.ts';
import { hasRepeats, isComplete, parseSectionTitle } from './sections.ts';
import { archiveNamed } from './subjects.ts';
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
  const $ = load(html, { xml: { xmlMode: false, withStartIndices: true } });
  const lineAt = (node: PageNode | undefined) => html.slice(0, node?.startIndex ?? 0).split('\n').length;
  const page: Cheerio<PageNode> = $('#dlpage');
  const headings = (page.length === 0 ? $('h1') : page.children('h1, h2, h3'))
    .toArray()
    .flatMap((one) => lineOf([one]) ?? []);
  const dateText = dateTextOf(headings);
  if (page.length === 0 || dateText === null) {
    const name = pageName({ title: lineOf($('title').first()), headings });
    throw complain(
      page.length === 0 ? null : lineAt(page[0]),
      `this is ${name}, not the listing of one announcement; ${expected}`,
    );
  }
  const date = parsePageDate(dateText);
  if (date === null) throw complain(lineAt(page[0]), `the page's date “${dateText}” is no day that there was`);
  // Everything behind the last list is missing where the page breaks off, and then its last entry may be shortened.
  const lastEntry = html.lastIndexOf('<dt');
  if (html.indexOf('</dl>', lastEntry) < 0 && lastEntry >= 0) {
    throw complain(
      html.slice(0, lastEntry).split('\n').length,
      'the page breaks off in or behind this entry; fetch it again',
    );
  }

  const lists = page
    .find('dl')
    .toArray()
    .map((dl) => $(dl));
  const outside = page.contents().not('dl').text();
  const declared = /Total of (\d+) entries/.exec(outside)?.[1];
  const total = declared === undefined ? null : Number(declared);
  const read = lists.map((list) =>
    readList(list, (dt) => readHtmlEntry($(dt), (problem) => complain(lineAt(dt), problem)), lineAt, complain),
  );
  const entries = read.flatMap((one) => one.entries);
  const isEmptyDay = lists.length === 0 && (total ?? 0) === 0 && /\bNo updates\b/.test(outside);
  if (entries.length === 0 && !isEmptyDay) {
    const found = total === null ? 'no entries and no “No updates today.”' : `no entries although it declares ${total}`;
    throw complain(lineAt(page[0]), `the page has ${found}; fetch it again, whole`);
  }
  const archive = archiveOf(page, entries) ?? options.archive;
  if (archive === undefined)
    throw complain(lineAt(page[0]), 'the page does not tell which archive or category it is of');
  const sections = read.map((one) => one.section);
  const complete = isEmptyDay || (!hasRepeats(entries.map((one) => one.entry)) && isComplete(sections, total));
  const listing = {
    source: 'html' as const,
    archive,
    date,
    complete,
    sections,
    entries: entries.map((one) => one.entry),
  };
  return { listing, total };
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
  list: Cheerio<PageNode>,
  readEntry: (dt: PageNode) => PageEntry,
  lineAt: (node: PageNode | undefined) => number,
  complain: Complain,
): { section: ListingSection; entries: readonly PageEntry[] } {
  const heading = lineOf(list.find('h3').first()) ?? '';
  const title = parseSectionTitle(heading);
  if (title === null)
    throw complain(lineAt(list[0]), `the section “${heading}” is neither new, cross nor replacement submissions`);
  const entries = list
    .find('dt')
    .toArray()
    .map((dt) => {
      const one = readEntry(dt);
      if (one.entry.kind !== title.kind)
        throw complain(lineAt(dt), `${one.entry.id} is marked as ${one.entry.kind} in the section “${heading}”`);
      return one;
    });
  return { section: { ...title, parsed: entries.length }, entries };
}

/** The page links to its own recent days, or to the next day of its catch-up; a category's name is the last resort. */
function archiveOf(page: Cheerio<PageNode>, entries: readonly PageEntry[]): string | undefined {
  const recent = page.find('a[id^="recent-"]').attr('id')?.slice('recent-'.length);
  if (recent !== undefined) return recent;
  const next = /^\/catchup\/([^/]+)\//.exec(page.find('a[href^="/catchup/"]').attr('href') ?? '')?.[1];
  if (next !== undefined) return next;
  const name = /^Catchup results for (.+) on /.exec(lineOf(page.children('h1')) ?? '')?.[1] ?? '';
  return (
    archiveNamed(
      name,
      entries.map((one) => one.subjects),
    ) ?? undefined
  );
}
