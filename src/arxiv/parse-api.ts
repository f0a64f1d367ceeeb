import type { Entry, Listing } from '../domain/listing.ts';
import type { AppError } from '../lib/errors.ts';
import { arxivSays } from './arxiv-says.ts';
import { canonicalCategories } from './canonical-categories.ts';
import { canonicalCategory } from './category-alias.ts';
import { firstDoi, versionOf } from './feed-entry.ts';
import { canonicalId } from './identifier.ts';
import { kindSections } from './kind-sections.ts';
import { oneLine, paragraphs } from './plain-text.ts';
import { hasRepeats } from './sections.ts';
import { parseInstant, utcDay } from './source-date.ts';
import { quote } from './unreadable.ts';
import type { Complain } from './unreadable.ts';
import { saysWithdrawn } from './withdrawn.ts';
import { attributeOf, elementsOf, everyElement, lineOfElement, readXml, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One answer of the export API: a page of all that its query finds. */
export type ApiPage = {
  readonly listing: Listing;
  /** How many papers the query finds, on all pages. */
  readonly total: number;
  /** How many of them stand before this page. */
  readonly start: number;
  /** When the first version was submitted, in epoch milliseconds, by identifier. */
  readonly submitted: ReadonlyMap<string, number>;
};

/**
 * Reads an answer of the export API. It tells papers, not announcements: `date` is the day of the answer, a first version counts as
 * new, any other as replaced. `complete` only when this one page holds all that the query finds, none of it twice.
 *
 * @throws AppError with the line; for the answer of an error with arXiv's own message
 */
export function parseApiPage(xml: string, options: { complain: Complain }): ApiPage {
  const { complain } = options;
  const feed = readXml(xml, 'feed', complain);
  const elements = everyElement(xml, feed, 'entry', complain);
  for (const entry of elements) {
    if (!/\/api\/errors\b/.test(textOf(entry, 'id') ?? '')) continue;
    throw complain(null, `arXiv's API answers with an error: ${arxivSays(textOf(entry, 'summary'))}`);
  }
  const total = countOf(feed, 'opensearch:totalResults', complain);
  const start = countOf(feed, 'opensearch:startIndex', complain);
  const updated = textOf(feed, 'updated');
  const answeredAt = parseInstant(updated ?? '');
  if (answeredAt === null) throw complain(null, `the answer's <updated> ${quote(updated ?? '')} is no instant`);

  const submitted = new Map<string, number>();
  const entries = elements.map((element, index) => {
    const refuse = (problem: string) =>
      complain(lineOfElement(xml, 'entry', index), `entry ${index + 1} ${problem}; ask again`);
    const entry = readEntry(element, refuse);
    const published = textOf(element, 'published');
    const publishedAt = parseInstant(published ?? '');
    if (publishedAt === null) throw refuse(`${entry.id} was published ${quote(published ?? '')}, no instant`);
    submitted.set(entry.id, publishedAt);
    return entry;
  });
  const listing: Listing = {
    source: 'api',
    archive: archiveOf(textOf(feed, 'title') ?? ''),
    date: utcDay(answeredAt),
    complete: start === 0 && total === entries.length && !hasRepeats(entries),
    sections: kindSections(entries),
    entries,
  };
  return { listing, total, start, submitted };
}

function countOf(feed: XmlElement, name: string, complain: Complain): number {
  const text = textOf(feed, name) ?? '';
  if (!/^\d{1,9}$/.test(text))
    throw complain(null, `<${name}> is ${quote(text)}, no count; this is no answer of arXiv's API`);
  return Number(text);
}

function readEntry(entry: XmlElement, refuse: (problem: string) => AppError): Entry {
  const address = textOf(entry, 'id') ?? '';
  const id = canonicalId(address);
  if (id === null) throw refuse(`has no arXiv identifier but ${quote(address)}`);
  const title = oneLine(textOf(entry, 'title'));
  if (title === null) throw refuse(`${id} has no title`);
  const terms = [...elementsOf(entry, 'arxiv:primary_category'), ...elementsOf(entry, 'category')];
  const categories = canonicalCategories(terms.map((element) => attributeOf(element, 'term') ?? ''));
  const [primary] = categories;
  if (primary === undefined) throw refuse(`${id} has no category`);
  const version = versionOf(address);
  const comments = oneLine(textOf(entry, 'arxiv:comment'));
  return {
    id,
    version,
    kind: version === null || version === 1 ? 'new' : 'replace',
    crossFrom: null,
    title,
    authors: elementsOf(entry, 'author').flatMap((author) => oneLine(textOf(author, 'name')) ?? []),
    authorsTruncated: false,
    abstract: paragraphs(textOf(entry, 'summary')),
    categories,
    primary,
    comments,
    journalRef: oneLine(textOf(entry, 'arxiv:journal_ref')),
    doi: firstDoi(textOf(entry, 'arxiv:doi')),
    withdrawn: saysWithdrawn(comments),
    formats: elementsOf(entry, 'link').some((link) => attributeOf(link, 'title') === 'pdf') ? ['pdf'] : [],
  };
}

/** The category that a query asks for, alone or within bounds of time; `arxiv` for any other query. */
function archiveOf(title: string): string {
  const written = /search_query=(.*?)(?:&id_list=|$)/s.exec(title)?.[1] ?? '';
  // arXiv repeats a query plain, or still in the form of an address.
  const query = new URLSearchParams(`q=${written.replaceAll('&', '%26')}`).get('q') ?? '';
  const wanted = query.replace(/\bAND\s+\w+Date:\[[^\]]*\]/g, '').trim();
  const category = /^\(?cat:"?([a-z-]+(?:\.[A-Za-z-]+)?)(?:\.\*)?"?\)?$/.exec(wanted)?.[1];
  return category === undefined ? 'arxiv' : canonicalCategory(category);
}
