import { announcedPapers } from '../domain/listing.ts';
import type { Listing } from '../domain/listing.ts';
import type { SecondSource } from '../domain/second-source.ts';
import { AppError } from '../lib/errors.ts';
import type { ArxivClient } from './client.ts';
import { parseListing } from './parse-listing.ts';

/**
 * What arXiv tells of a day besides its page: the RSS feed, and papers by the export API.
 *
 * Both throw what the client throws, and AppError `unreadable-listing`.
 */
export function createSecondSource(client: ArxivClient): SecondSource {
  async function read(source: 'rss' | 'api', path: string, signal?: AbortSignal): Promise<Listing> {
    const { bytes, url } = await client.get(source, path, { signal });
    return parseListing(bytes, { format: source, name: url });
  }
  return {
    readFeed: async (archive, signal) => {
      const path = `/rss/${encodeURIComponent(archive)}`;
      const feed = await read('rss', path, signal);
      if (feed.archive === archive) return feed;
      throw new AppError('unreadable-listing', `arxiv: GET ${path} answered with the feed of ${feed.archive}`);
    },
    readPapers: async (ids, signal) => {
      // By default the API answers with ten.
      const asked = `id_list=${ids.map(encodeURIComponent).join(',')}&max_results=${ids.length}`;
      return announcedPapers(await read('api', `/api/query?${asked}`, signal)).map(({ paper }) => paper);
    },
  };
}
