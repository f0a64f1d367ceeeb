import type { Entry, Listing } from '../domain/listing.ts';
import { arxivSays } from './arxiv-says.ts';
import { canonicalCategories } from './canonical-categories.ts';
import { readFeedEntry } from './feed-entry.ts';
import type { FeedItem } from './feed-entry.ts';
import { kindSections } from './kind-sections.ts';
import { newYorkDay } from './calendar.ts';
import { lineOfElement } from './xml.ts';
import { quote } from './unreadable.ts';
import type { Complain } from './unreadable.ts';

/** A feed of arXiv's, RSS or Atom, in one shape. */
export type Feed = {
  readonly source: 'rss' | 'atom';
  readonly title: string | null;
  /** What the feed is, or for an error what is wrong. */
  readonly description: string | null;
  /** A date of the feed itself, for a day without items. */
  readonly published: string | null;
  readonly items: readonly FeedItem[];
};

/** What differs in reading the two. */
type FeedForm = {
  readonly xml: string;
  /** The element of an item. */
  readonly element: 'item' | 'entry';
  /** Epoch milliseconds of a date of the feed; null when it is none. */
  readonly readDate: (text: string) => number | null;
  readonly complain: Complain;
  /** What was asked for, where the caller knows and the title does not say. */
  readonly archive?: string;
};

/** arXiv leaves out what is over this, and the new papers first. Source: arxiv-feed (2025-07). */
const mostItems = 2_000;

/**
 * A day's listing from a feed. A feed declares no counts, so nothing proves it whole; one as long as arXiv lets them be is cut.
 *
 * @throws AppError with the line; for the feed of an error with arXiv's own message
 */
export function feedListing(feed: Feed, form: FeedForm): Listing {
  const { complain } = form;
  const title = feed.title ?? '';
  if (/^Feed error\b/.test(title)) {
    throw complain(null, `arXiv answers ${quote(title)}: ${arxivSays(feed.description)}`);
  }
  const archive = archiveOf(title) ?? form.archive;
  if (archive === undefined) {
    throw complain(null, `the feed is titled ${quote(title)}, not “<category> updates on arXiv.org”; is it arXiv's?`);
  }
  const date = dateOf(feed, form);
  const entries: readonly Entry[] = feed.items.map((item, index) =>
    readFeedEntry(item, (problem) =>
      complain(
        lineOfElement(form.xml, form.element, index),
        `${form.element} ${index + 1} ${problem}; fetch the feed again`,
      ),
    ),
  );
  const complete = entries.length >= mostItems ? false : null;
  return { source: feed.source, archive, date, complete, sections: kindSections(entries), entries };
}

/** `cs.LG+stat.ML` from `cs.LG, stat.ML updates on arXiv.org`. */
function archiveOf(title: string): string | null {
  const codes = /^([a-z-]+(?:\.[A-Za-z-]+)?(?:(?:, ?|\+)[a-z-]+(?:\.[A-Za-z-]+)?)*) updates on arXiv\.org$/.exec(
    title,
  )?.[1];
  return codes === undefined ? null : canonicalCategories(codes.split(/, ?|\+/)).join('+');
}

/** The day that every item bears; of a feed without items, its own. */
function dateOf(feed: Feed, { xml, element, readDate, complain }: FeedForm): string {
  const [first] = feed.items;
  const text = first === undefined ? feed.published : first.published;
  const line = first === undefined ? null : lineOfElement(xml, element, 0);
  const atMs = readDate(text ?? '');
  if (atMs === null) throw complain(line, `the feed's date ${quote(text ?? '')} is no day that there was`);
  const other = feed.items.findIndex((item) => item.published !== text);
  if (other >= 0) {
    throw complain(
      lineOfElement(xml, element, other),
      `${element} ${other + 1} is of ${quote(feed.items[other]?.published ?? '')}, the first of ${quote(text ?? '')}; a feed holds one day`,
    );
  }
  return newYorkDay(atMs).toString();
}
