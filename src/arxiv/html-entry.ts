import type { Cheerio } from 'cheerio/slim';
import type { AppError } from '../lib/errors.ts';
import { saysAuthorsLeftOut } from './author-limit.ts';
import { isText, lineOf, paragraphsOf } from './html-text.ts';
import type { PageNode } from './html-text.ts';
import { canonicalId } from './identifier.ts';
import { pageEntry } from './page-entry.ts';
import type { PageEntry } from './page-entry.ts';
import { parseMarker } from './sections.ts';
import { parseSubjects } from './subjects.ts';
import { quote } from './text-blocks.ts';

/**
 * Reads one entry of a listing page: its `<dt>` and the `<dd>` behind it.
 *
 * @param refuse makes the error for a problem of this entry; it knows the line
 * @throws AppError when identifier, title or subjects are missing or damaged
 */
export function readHtmlEntry(dt: Cheerio<PageNode>, refuse: (problem: string) => AppError): PageEntry {
  const name = `entry ${lineOf(dt.find('a[name^="item"]')) ?? 'without a number'}`;
  const dd = dt.next('dd');
  if (dd.length === 0) throw refuse(`${name} has no description; the page seems cut, fetch it again`);

  const link = dt.find('a[title="Abstract"]');
  const identifier = link.attr('id') ?? '';
  const id = canonicalId(identifier);
  if (id === null) throw refuse(`${quote(identifier)} of ${name} is no arXiv identifier`);
  const shown = lineOf(link) ?? '';
  if (canonicalId(shown) !== id || canonicalId(`arxiv.org${link.attr('href') ?? ''}`) !== id) {
    throw refuse(`${name} is ${id} but shows ${quote(shown)} or links to elsewhere; fetch the page again`);
  }
  const note = noteOf(dt);
  const announced = parseMarker(note);
  if (announced === null) throw refuse(`${name} is marked “${note}”, neither replaced nor cross-list`);

  const title = fieldOf(dd, 'title');
  if (title === null) throw refuse(`${name} has no title; the page seems cut, fetch it again`);
  const subjects = parseSubjects(fieldOf(dd, 'subjects') ?? '');
  if (subjects === null) throw refuse(`${name} has no subjects with a code in brackets`);

  const paragraphs = paragraphsOf(dd.find('p.mathjax'));
  return pageEntry({
    id,
    ...announced,
    title,
    authors: textsOf(dd.find(authorLinks)),
    authorsTruncated: saysAuthorsLeftOut(dd.find('.list-authors').text()),
    abstract: paragraphs.length === 0 ? null : paragraphs.join('\n\n'),
    subjects,
    comments: fieldOf(dd, 'comments'),
    journalRef: fieldOf(dd, 'journal-ref'),
    formats: textsOf(dt.find('a:not([name]):not([title="Abstract"])')),
  });
}

/** `(replaced)`, `(cross-list from X)` or nothing: what stands in the `<dt>` outside its links and the brackets around them. */
function noteOf(dt: Cheerio<PageNode>): string {
  const texts = dt.contents().filter((_, node) => isText(node));
  return (lineOf(texts) ?? '').replace(/[[\],]/g, '').trim();
}

function fieldOf(dd: Cheerio<PageNode>, name: string): string | null {
  return lineOf(dd.find(`.list-${name}`).contents().not('.descriptor'));
}

/** Persons and collaborations are links to a search; affiliations and `for the` are plain text, or links to elsewhere. */
const authorLinks = '.list-authors a:not([class*="link-"])';

function textsOf(links: Cheerio<PageNode>): readonly string[] {
  return links.toArray().flatMap((link) => lineOf([link]) ?? []);
}
