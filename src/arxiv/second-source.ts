import type { Listing } from '../domain/listing.ts';
import type { Paper } from '../domain/paper.ts';
import type { SecondSource } from '../domain/second-source.ts';
import { AppError } from '../lib/errors.ts';
import type { ArxivClient, Got } from './client.ts';
import { parseListing } from './parse-listing.ts';

/**
 * What arXiv tells of a day besides its page: the RSS feed, and papers by the export API.
 *
 * Both throw what the client throws, and AppError `unreadable-listing`.
 */
export function createSecondSource(client: ArxivClient): SecondSource {
  async function read(source: 'rss' | 'api', path: string, signal?: AbortSignal): Promise<Listing> {
    const got: Got = await client.get(source, path, { ...(signal && { signal }) });
    if (got.kind === 'unchanged') throw new Error(`arxiv: ${path} is unchanged, though nobody asked whether it is`);
    return parseListing(got.bytes, { format: source, name: got.url });
  }
  return {
    readFeed: async (archive, signal) => {
      const path = `/rss/${encodeURIComponent(archive)}`;
      const feed = await read('rss', path, signal);
      if (feed.archive === archive) return feed;
      throw new AppError('unreadable-listing', `arxiv: GET ${path} answered with the feed of ${feed.archive}`);
    },
    readPapers: async (ids, signal): Promise<readonly Paper[]> => {
      // By default the API answers with ten.
      const asked = `id_list=${ids.map(encodeURIComponent).join(',')}&max_results=${ids.length}`;
      const { entries } = await read('api', `/api/query?${asked}`, signal);
      return entries.map(({ kind: _kind, crossFrom: _crossFrom, ...paper }) => paper);
    },
  };
}
