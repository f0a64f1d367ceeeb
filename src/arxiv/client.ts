import type { ReadListing } from '../domain/listing.ts';
import { AppError } from '../lib/errors.ts';
import { goesOn, joinPages } from './join-pages.ts';
import type { ListingPage } from './join-pages.ts';
import { decodeListing } from './listing-format.ts';
import { createPageReader } from './page-reader.ts';
import type { PageDeps } from './page-reader.ts';
import { parseHtmlPage } from './parse-html-page.ts';
import { complaintsAbout } from './unreadable.ts';

/**
 * Listings from arXiv itself: the page of the latest announcement or, for a day that was missed, the catch-up page, which goes back
 * 90 days. Only the date that a page bears tells which day it is of: caches keep yesterday's page for a while.
 *
 * The reader throws AppError `arxiv-unavailable` (try again later), `arxiv-refused` (stop, tell the operator), `arxiv-bad-request`
 * (no such archive, or a day too long ago) and `unreadable-listing`.
 */
export function createArxivSource(deps: PageDeps): ReadListing {
  const readPage = createPageReader(deps);

  async function readListingPage(path: string, archive: string): Promise<ListingPage> {
    const { bytes, url } = await readPage(path);
    const complain = complaintsAbout(url);
    return parseHtmlPage(decodeListing(bytes, 'html', complain).text, { complain, archive });
  }

  /** The pages of one day as one, where `first` does not hold it all. `pathOf` gives the address of the page that begins at an entry. */
  async function readOn(
    first: ListingPage,
    archive: string,
    pathOf: (page: number, skip: number) => string,
  ): Promise<ListingPage> {
    let whole = first;
    for (let page = 2; goesOn(whole); page += 1) {
      const path = pathOf(page, whole.listing.entries.length);
      const next = await readListingPage(path, archive);
      if (next.listing.date !== first.listing.date) throw changed(path, next.listing.date, first.listing.date);
      whole = joinPages(whole, next);
    }
    return whole;
  }

  return async (archive, date) => {
    const path = `/list/${encodeURIComponent(archive)}/new`;
    const latest = await readListingPage(path, archive);
    if (latest.listing.archive !== archive) throw renamed(archive, latest.listing.archive);
    if (latest.listing.date < date) return null;
    if (latest.listing.date === date) {
      return (await readOn(latest, archive, (_, skip) => `${path}?skip=${skip}&show=${pageSize}`)).listing;
    }
    deps.log.info({ archive, date, latest: latest.listing.date }, 'arxiv: reading a missed day from the catch-up page');
    const catchUp = `/catchup/${encodeURIComponent(archive)}/${date}?abs=True`;
    const missed = await readListingPage(catchUp, archive);
    if (missed.listing.date !== date) throw changed(catchUp, missed.listing.date, date);
    return (await readOn(missed, archive, (page) => `${catchUp}&page=${page}`)).listing;
  };
}

/** The most entries that a listing page shows at once, and its default. */
const pageSize = 2000;

/** Days are kept by the name they were asked for: an alias would be asked for again and again. */
function renamed(asked: string, found: string): AppError {
  return new AppError('arxiv-bad-request', `arxiv: ${asked} is listed under ${found}; name ${found} instead`);
}

function changed(path: string, found: string, expected: string): AppError {
  return new AppError(
    'arxiv-unavailable',
    `arxiv: GET ${path} answered with the listing of ${found} instead of ${expected}; try again later`,
  );
}
