import type { AppError } from '../lib/errors.ts';
import { saysAuthorsLeftOut } from './author-limit.ts';
import { lineOf, paragraphsOf } from './html-text.ts';
import { childrenOf, classesOf, elementsIn, isElement, isText, nextElement } from './html-tree.ts';
import type { PageElement } from './html-tree.ts';
import { canonicalId } from './identifier.ts';
import { pageEntry } from './page-entry.ts';
import type { PageEntry } from './page-entry.ts';
import { parseMarker } from './sections.ts';
import { parseSubjects } from './subjects.ts';
import { quote } from './unreadable.ts';

/**
 * Reads one entry of a listing page: its `<dt>` and the `<dd>` behind it.
 *
 * @param refuse makes the error for a problem of this entry; it knows the line
 * @throws AppError when identifier, title or subjects are missing or damaged
 */
export function readHtmlEntry(dt: PageElement, refuse: (problem: string) => AppError): PageEntry {
  const links = [...elementsIn(dt, 'a')];
  const anchor = links.find(({ attribs }) => attribs['name']?.startsWith('item'));
  const number = anchor === undefined ? null : lineOf([anchor]);
  const name = number === null ? 'an entry without a number' : `entry ${number.slice(0, 20)}`;
  const dd = nextElement(dt, 'dd');
  if (dd === null) throw refuse(`${name} has no description; the page seems cut, fetch it again`);

  const id = identifierOf(links, name, refuse);
  const note = noteOf(dt);
  const announced = parseMarker(note);
  if (announced === null) throw refuse(`${name} is marked ${quote(note)}, neither replaced nor cross-list`);

  const parts = partsOf(dd);
  const title = fieldOf(parts, 'list-title');
  if (title === null) throw refuse(`${name} has no title; the page seems cut, fetch it again`);
  const subjects = parseSubjects(fieldOf(parts, 'list-subjects') ?? '');
  if (subjects === null) throw refuse(`${name} has no subjects with a code in brackets`);

  const abstract = parts.get('p mathjax');
  const paragraphs = abstract === undefined ? [] : paragraphsOf([abstract]);
  const authors = parts.get('list-authors');
  return pageEntry({
    id,
    ...announced,
    title,
    authors: authors === undefined ? [] : textsOf([...elementsIn(authors, 'a')].filter(isAuthor)),
    authorsTruncated: authors !== undefined && saysAuthorsLeftOut(lineOf([authors]) ?? ''),
    abstract: paragraphs.length === 0 ? null : paragraphs.join('\n\n'),
    subjects,
    comments: fieldOf(parts, 'list-comments'),
    journalRef: fieldOf(parts, 'list-journal-ref'),
    formats: textsOf(links.filter(({ attribs }) => attribs['name'] === undefined && attribs['title'] !== 'Abstract')),
  });
}

/** The identifier of the link to the abstract, believed only where its address and its text say the same. */
function identifierOf(links: readonly PageElement[], name: string, refuse: (problem: string) => AppError): string {
  const link = links.find(({ attribs }) => attribs['title'] === 'Abstract');
  const identifier = link?.attribs['id'] ?? '';
  const id = canonicalId(identifier);
  if (link === undefined || id === null) throw refuse(`${quote(identifier)} of ${name} is no arXiv identifier`);
  const shown = lineOf([link]) ?? '';
  if (canonicalId(shown) !== id || canonicalId(`arxiv.org${link.attribs['href'] ?? ''}`) !== id) {
    throw refuse(`${name} is ${id} but shows ${quote(shown)} or links to elsewhere; fetch the page again`);
  }
  return id;
}

/** `(replaced)`, `(cross-list from X)` or nothing: what stands in the `<dt>` outside its links and the brackets around them. */
function noteOf(dt: PageElement): string {
  return (lineOf(childrenOf(dt).filter(isText)) ?? '').replace(/[[\],]/g, '').trim();
}

/** The first element of each class, and of `<p>`s apart from others: titles and comments are `mathjax` too. */
function partsOf(dd: PageElement): ReadonlyMap<string, PageElement> {
  const parts = new Map<string, PageElement>();
  for (const element of elementsIn(dd)) {
    for (const name of classesOf(element)) {
      const key = element.name === 'p' ? `p ${name}` : name;
      if (!parts.has(key)) parts.set(key, element);
    }
  }
  return parts;
}

function fieldOf(parts: ReadonlyMap<string, PageElement>, name: string): string | null {
  const field = parts.get(name);
  if (field === undefined) return null;
  return lineOf(childrenOf(field).filter((node) => !isElement(node) || !classesOf(node).includes('descriptor')));
}

/** Persons and collaborations are links to a search; affiliations and `for the` are plain text, or links to elsewhere. */
function isAuthor(link: PageElement): boolean {
  return !(link.attribs['class'] ?? '').includes('link-');
}

function textsOf(links: readonly PageElement[]): readonly string[] {
  return links.flatMap((link) => lineOf([link]) ?? []);
}
