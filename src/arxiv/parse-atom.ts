import type { Listing } from '../domain/listing.ts';
import type { FeedItem } from './feed-entry.ts';
import { feedListing } from './feed-listing.ts';
import { parseInstant } from './source-date.ts';
import type { Complain } from './unreadable.ts';
import { attributeOf, elementsOf, everyElement, readXml, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/**
 * Reads an Atom feed of rss.arxiv.org: the same as its RSS feed in other elements. The export API's answers are Atom too, and read elsewhere.
 *
 * A feed without entries bears no announcement's date, only the one it was built at.
 * @param options.archive what was asked for, where the caller knows
 * @throws AppError with the line; for the feed of an error with arXiv's own message
 */
export function parseAtom(xml: string, options: { complain: Complain; archive?: string }): Listing {
  const { complain } = options;
  const feed = readXml(xml, 'feed', complain);
  return feedListing(
    {
      source: 'atom',
      title: textOf(feed, 'title'),
      description: textOf(feed, 'subtitle'),
      published: textOf(feed, 'updated'),
      items: everyElement(xml, feed, 'entry', complain).map(readItem),
    },
    { ...options, xml, element: 'entry', readDate: parseInstant },
  );
}

function readItem(entry: XmlElement): FeedItem {
  return {
    identifier: textOf(entry, 'id'),
    title: textOf(entry, 'title'),
    description: textOf(entry, 'summary'),
    announceType: textOf(entry, 'arxiv:announce_type'),
    published: textOf(entry, 'published'),
    creator: textOf(entry, 'dc:creator'),
    categories: elementsOf(entry, 'category').map((category) => attributeOf(category, 'term') ?? ''),
    doi: textOf(entry, 'arxiv:DOI'),
    journalRef: textOf(entry, 'arxiv:journal_reference'),
  };
}
