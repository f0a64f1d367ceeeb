import type { Entry } from '../domain/listing.ts';
import { announcementKinds } from '../domain/paper.ts';
import type { AnnouncementKind } from '../domain/paper.ts';
import type { AppError } from '../lib/errors.ts';
import { canonicalCategories } from './canonical-categories.ts';
import { creatorNames } from './creator-names.ts';
import { canonicalId } from './identifier.ts';
import { quote } from './unreadable.ts';
import { oneLine, paragraphs } from './plain-text.ts';

/** What RSS and Atom say of one paper, each in elements of its own names. */
export type FeedItem = {
  /** `oai:arXiv.org:2205.06398v2`. */
  readonly identifier: string | null;
  readonly title: string | null;
  /** `arXiv:2205.06398v2 Announce Type: cross`, a line break, `Abstract: …`. */
  readonly description: string | null;
  readonly announceType: string | null;
  /** When it was announced, in the feed's own form. */
  readonly published: string | null;
  readonly creator: string | null;
  readonly categories: readonly string[];
  readonly doi: string | null;
  readonly journalRef: string | null;
};

/**
 * @param refuse makes the error for a problem of this item; it knows the line
 * @throws AppError when identifier, kind, title or categories are missing, damaged or contradict each other
 */
export function readFeedEntry(item: FeedItem, refuse: (problem: string) => AppError): Entry {
  const identifier = (item.identifier ?? '').replace(/^oai:arXiv\.org:/, '');
  const id = canonicalId(identifier) ?? testPaperId(identifier);
  if (id === null) throw refuse(`has no arXiv identifier but ${quote(identifier)}`);
  const [opening, describedId, describedType] =
    /^\s*arXiv:(\S+) Announce Type: (\S+)\s+Abstract:/.exec(item.description ?? '') ?? [];
  if (opening === undefined || describedId === undefined) {
    throw refuse(`${id} has a description that does not begin with “arXiv:… Announce Type: … Abstract:”`);
  }
  if (describedId !== identifier) throw refuse(`${identifier} has the description of ${quote(describedId)}`);
  const kind = item.announceType ?? describedType;
  if (!isKind(kind))
    throw refuse(`${id} is announced as ${quote(kind ?? '')}, none of ${announcementKinds.join(', ')}`);
  if (kind !== describedType)
    throw refuse(`${id} is announced as ${kind}, but described as ${quote(describedType ?? '')}`);

  const title = oneLine(item.title);
  if (title === null) throw refuse(`${id} has no title`);
  const categories = canonicalCategories(item.categories);
  const [primary] = categories;
  if (primary === undefined) throw refuse(`${id} has no category`);
  return {
    id,
    version: versionOf(identifier),
    kind,
    crossFrom: kind === 'cross' ? primary : null,
    title,
    authors: creatorNames(item.creator ?? ''),
    authorsTruncated: false,
    abstract: paragraphs((item.description ?? '').slice(opening.length).trimStart()),
    categories,
    primary,
    comments: null,
    journalRef: oneLine(item.journalRef),
    doi: firstDoi(item.doi),
    withdrawn: false,
    formats: [],
  };
}

/** arXiv's own test papers are of months that never were: `1234.5646v2`. In a feed of arXiv's, that is an identifier all the same. */
function testPaperId(identifier: string): string | null {
  return /^(\d{4}\.\d{4,5})(?:v\d+)?$/.exec(identifier)?.[1] ?? null;
}

function isKind(text: string | undefined): text is AnnouncementKind {
  return announcementKinds.some((kind) => kind === text);
}

/** The number behind an identifier's `v`; null where it has none. */
export function versionOf(identifier: string): number | null {
  const version = /v([1-9]\d*)$/.exec(identifier)?.[1];
  return version === undefined ? null : Number(version);
}

/** arXiv lets submitters give several, parted by blanks; the first is the paper's own. */
export function firstDoi(text: string | null): string | null {
  return oneLine(text)?.split(' ')[0] ?? null;
}
