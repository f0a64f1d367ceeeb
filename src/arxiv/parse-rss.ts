import type { Listing } from '../domain/listing.ts';
import type { FeedItem } from './feed-entry.ts';
import { feedListing } from './feed-listing.ts';
import { parseMailDate } from './source-date.ts';
import type { Complain } from './unreadable.ts';
import { elementsOf, everyElement, readXml, textOf, textsOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

/**
 * Reads an RSS feed of rss.arxiv.org: what a category or several announce in one day. A feed without items is a day without papers.
 *
 * `complete` is null, for a feed declares no counts, or false for one that arXiv has cut.
 * @param options.archive what was asked for, where the caller knows
 * @throws AppError with the line; for the feed of an error with arXiv's own message
 */
export function parseRss(xml: string, options: { complain: Complain; archive?: string }): Listing {
  const { complain } = options;
  const [channel, ...others] = elementsOf(readXml(xml, 'rss', complain), 'channel');
  if (channel === undefined || others.length > 0) throw complain(null, 'the RSS feed has no single <channel>');
  const items = everyElement(xml, channel, 'item', complain).map(readItem);
  return feedListing(
    {
      source: 'rss',
      title: textOf(channel, 'title'),
      description: textOf(channel, 'description'),
      published: textOf(channel, 'pubDate'),
      items,
    },
    { ...options, xml, element: 'item', readDate: parseMailDate },
  );
}

function readItem(item: XmlElement): FeedItem {
  return {
    identifier: textOf(item, 'guid'),
    title: textOf(item, 'title'),
    description: textOf(item, 'description'),
    announceType: textOf(item, 'arxiv:announce_type'),
    published: textOf(item, 'pubDate'),
    creator: textOf(item, 'dc:creator'),
    categories: textsOf(item, 'category'),
    doi: textOf(item, 'arxiv:DOI'),
    journalRef: textOf(item, 'arxiv:journal_reference'),
  };
}
