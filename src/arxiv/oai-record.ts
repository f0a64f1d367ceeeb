import type { Entry } from '../domain/listing.ts';
import type { AppError } from '../lib/errors.ts';
import { splitAuthors } from './author-list.ts';
import { canonicalCategories } from './canonical-categories.ts';
import { firstDoi } from './feed-entry.ts';
import { canonicalId } from './identifier.ts';
import { categoryOfSet } from './oai-set.ts';
import { quote } from './unreadable.ts';
import { oneLine, paragraphs } from './plain-text.ts';
import { parseInstant, parseMailDate } from './source-date.ts';
import { saysWithdrawn } from './withdrawn.ts';
import { attributeOf, elementsOf, textOf, textsOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/** One record of an OAI-PMH answer. */
export type OaiRecord = {
  readonly entry: Entry;
  /** Epoch milliseconds of the first version's submission, or of the start of its day (UTC); null where the record does not tell. */
  readonly submittedAt: number | null;
};

/** What the three formats say of a paper, each in elements of its own names. */
type Described = Pick<Entry, 'version' | 'authors'> & {
  readonly identifier: string | null;
  readonly title: string | null;
  readonly abstract: string | null;
  readonly categories: readonly string[];
  readonly comments: string | null;
  readonly journalRef: string | null;
  readonly doi: string | null;
  readonly isReplaced: boolean;
  /** Told by the source, beside what the comments say. */
  readonly isWithdrawn: boolean;
  readonly submittedAt: number | null;
};

/**
 * Reads a record in one of the formats `arXiv`, `arXivRaw` and `oai_dc`.
 *
 * @param id the identifier of its header, canonical
 * @param refuse makes the error for a problem of this record; it knows the line
 * @throws AppError when identifier, title or categories are missing or damaged, and for another format
 */
export function readOaiRecord(record: XmlElement, id: string, refuse: (problem: string) => AppError): OaiRecord {
  const described = describedBy(record, id);
  if (typeof described === 'string') {
    throw refuse(`${id} comes as ${quote(described)}, which is not read; ask for the format arXiv, arXivRaw or oai_dc`);
  }
  if (canonicalId(described.identifier ?? '') !== id)
    throw refuse(`${id} describes ${quote(described.identifier ?? '')}`);
  const title = oneLine(described.title);
  if (title === null) throw refuse(`${id} has no title`);
  const categories = canonicalCategories(described.categories);
  const [primary] = categories;
  if (primary === undefined) throw refuse(`${id} has no categories`);
  const comments = oneLine(described.comments);
  const entry: Entry = {
    id,
    version: described.version,
    kind: described.isReplaced ? 'replace' : 'new',
    crossFrom: null,
    title,
    authors: described.authors,
    authorsTruncated: false,
    abstract: paragraphs(described.abstract),
    categories,
    primary,
    comments,
    journalRef: oneLine(described.journalRef),
    doi: firstDoi(described.doi),
    withdrawn: described.isWithdrawn || saysWithdrawn(comments),
    formats: [],
  };
  return { entry, submittedAt: described.submittedAt };
}

/** By the format that it comes in; of another one, its name. */
function describedBy(record: XmlElement, id: string): Described | string {
  const metadata = elementsOf(record, 'metadata')[0] ?? '';
  const [arxiv] = elementsOf(metadata, 'arXiv');
  if (arxiv !== undefined) return fromArxiv(arxiv, id);
  const [raw] = elementsOf(metadata, 'arXivRaw');
  if (raw !== undefined) return fromRaw(raw);
  const [dublinCore] = elementsOf(metadata, 'oai_dc:dc');
  if (dublinCore !== undefined) return fromDublinCore(dublinCore, elementsOf(record, 'header')[0] ?? '');
  return (typeof metadata === 'string' ? undefined : Object.keys(metadata)[0]) ?? 'nothing';
}

/** What `arXiv` and `arXivRaw` say alike. Never `acm-class`: arXiv fills it with the MSC class (2025-01). */
function common(metadata: XmlElement) {
  return {
    identifier: textOf(metadata, 'id'),
    title: textOf(metadata, 'title'),
    abstract: textOf(metadata, 'abstract'),
    categories: (textOf(metadata, 'categories') ?? '').split(/\s+/),
    comments: textOf(metadata, 'comments'),
    journalRef: textOf(metadata, 'journal-ref'),
    doi: textOf(metadata, 'doi'),
  };
}

/**
 * `created` is meant to be the day of the first version, but is the current version's, and `updated` stands in every record (2025-01).
 * So only this is sure: a day after the month of the identifier is a later version's, and so is a withdrawal.
 */
function fromArxiv(metadata: XmlElement, id: string): Described {
  const created = textOf(metadata, 'created') ?? '';
  const createdAt = parseDay(created);
  const described = common(metadata);
  const isReplaced = created.slice(0, 7) > monthOf(id) || saysWithdrawn(oneLine(described.comments));
  return {
    ...described,
    version: null,
    authors: elementsOf(metadata, 'authors')
      .flatMap((authors) => elementsOf(authors, 'author'))
      .flatMap((author) => {
        const parts = ['forenames', 'keyname', 'suffix'].map((part) => textOf(author, part) ?? '');
        return oneLine(withoutCommas(parts.join(' '))) ?? [];
      }),
    isReplaced,
    isWithdrawn: false,
    submittedAt: isReplaced ? null : createdAt,
  };
}

function fromRaw(metadata: XmlElement): Described {
  const versions = elementsOf(metadata, 'version')
    .map((version) => ({
      number: Number(/^v([1-9]\d*)$/.exec(attributeOf(version, 'version') ?? '')?.[1] ?? 0),
      submittedAt: parseMailDate(textOf(version, 'date') ?? ''),
      // `I`, “ignore”: the version withdraws the paper.
      isWithdrawn: textOf(version, 'source_type')?.includes('I') ?? false,
    }))
    .filter(({ number }) => number > 0)
    .toSorted((first, second) => first.number - second.number);
  const last = versions.at(-1);
  return {
    ...common(metadata),
    version: last?.number ?? null,
    authors: splitAuthors(textOf(metadata, 'authors') ?? ''),
    isReplaced: (last?.number ?? 1) > 1,
    isWithdrawn: last?.isWithdrawn ?? false,
    submittedAt: versions.find(({ number }) => number === 1)?.submittedAt ?? null,
  };
}

/** Subjects are names, and two categories may share one; the header's sets are codes. The dates are of the first and the last version. */
function fromDublinCore(metadata: XmlElement, header: XmlElement): Described {
  const identifiers = textsOf(metadata, 'dc:identifier');
  const [abstract, ...notes] = textsOf(metadata, 'dc:description');
  const dates = textsOf(metadata, 'dc:date');
  return {
    identifier: identifiers.find(isAddress) ?? null,
    title: textOf(metadata, 'dc:title'),
    abstract: abstract ?? null,
    categories: textsOf(header, 'setSpec').flatMap((set) => categoryOfSet(set) ?? []),
    comments: notes.map((note) => note.replace(/^Comments?:\s*/, '')).join('; '),
    journalRef: identifiers.find((text) => !isAddress(text) && !isDoi(text)) ?? null,
    doi: identifiers.find(isDoi)?.slice('doi:'.length) ?? null,
    version: null,
    authors: textsOf(metadata, 'dc:creator').flatMap((creator) => oneLine(turnedRound(creator)) ?? []),
    isReplaced: dates.length > 1,
    isWithdrawn: false,
    submittedAt: parseDay(dates[0] ?? ''),
  };
}

function isAddress(identifier: string): boolean {
  return /^https?:\/\/arxiv\.org\/abs\//.test(identifier);
}

function isDoi(identifier: string): boolean {
  return identifier.startsWith('doi:');
}

/** `Harold Rosenberg` for `Rosenberg, Harold`; `G. David Forney Jr.` for `Forney, Jr., G. David`. */
function turnedRound(creator: string): string {
  const comma = creator.lastIndexOf(', ');
  return comma < 0 ? creator : `${creator.slice(comma + 2)} ${withoutCommas(creator.slice(0, comma))}`;
}

/** Where a name has `, Jr.`, arXiv leaves the comma with the surname; its pages print none. */
function withoutCommas(name: string): string {
  return name.replaceAll(',', '');
}

function parseDay(date: string): number | null {
  return /^\d{4}-\d\d-\d\d$/.test(date) ? parseInstant(`${date}T00:00:00Z`) : null;
}

/** `2011-02`, the month in which a paper was announced: part of its identifier. */
function monthOf(id: string): string {
  const [, year = '', month = ''] = /^(?:.*\/)?(\d\d)(\d\d)/.exec(id) ?? [];
  return `${Number(year) >= 91 ? '19' : '20'}${year}-${month}`;
}
