import type { ListingReading, ReadListing } from '../domain/listing.ts';
import { AppError } from '../lib/errors.ts';
import type { ListingPage } from './join-pages.ts';
import { decodeListing } from './listing-format.ts';
import { createPageReader } from './page-reader.ts';
import type { PageDeps } from './page-reader.ts';
import { parseHtmlPage } from './parse-html-page.ts';
import { pageSize, readOn } from './read-on.ts';
import { complaintsAbout } from './unreadable.ts';

/**
 * Listings from arXiv itself: the page of the latest announcement or, for a day that was missed, the catch-up page, which goes back
 * 90 days. Only the date that a page bears tells which day it is of: caches keep yesterday's page for a while.
 *
 * The reader throws AppError `arxiv-unavailable` (try again later), `arxiv-refused` (stop, tell the operator), `arxiv-bad-request`
 * (no such archive, or a day too long ago), `arxiv-stopped` (its signal was aborted) and `unreadable-listing`. Where only a later page
 * of a day cannot be read, it gives the pages before as an incomplete listing.
 */
export function createArxivSource(deps: PageDeps): ReadListing {
  const { clock, log } = deps;
  const readPage = createPageReader(deps);
  /** By archive, the date of its latest page and when it was read. */
  const latestOf = new Map<string, { readonly date: string; readonly readAtMs: number }>();

  async function readListingPage(path: string, archive: string, signal?: AbortSignal): Promise<ListingPage> {
    const { bytes, url } = await readPage(path, signal);
    const complain = complaintsAbout(url);
    return parseHtmlPage(decodeListing(bytes, 'html', complain).text, { complain, archive });
  }

  /** What was the latest day stays out, so this holds; that a day is not out yet, no memory can tell. */
  function isKnownToBePast(archive: string, date: string): boolean {
    const latest = latestOf.get(archive);
    return latest !== undefined && date < latest.date && clock.now() < latest.readAtMs + rememberedMs;
  }

  return async (archive, date, signal) => {
    async function readPageOfDay(path: string): Promise<ListingPage> {
      const page = await readListingPage(path, archive, signal);
      if (page.listing.date !== date) throw changed(path, page.listing.date, date);
      return page;
    }

    if (!isKnownToBePast(archive, date)) {
      const path = `/list/${encodeURIComponent(archive)}/new`;
      const latest = await readListingPage(path, archive, signal);
      if (latest.listing.archive !== archive) throw renamed(archive, latest.listing.archive);
      latestOf.set(archive, { date: latest.listing.date, readAtMs: clock.now() });
      if (latest.listing.date < date) return { listing: null, shown: latest.listing.date };
      if (latest.listing.date === date) {
        const readNext = (_page: number, skip: number) => readPageOfDay(`${path}?skip=${skip}&show=${pageSize}`);
        return readingOf(await readOn(latest, readNext, log));
      }
    }
    log.info({ archive, date }, 'arxiv: reading a missed day from the catch-up page');
    const path = `/catchup/${encodeURIComponent(archive)}/${date}?abs=True`;
    const readNext = (page: number) => readPageOfDay(`${path}&page=${page}`);
    return readingOf(await readOn(await readPageOfDay(path), readNext, log));
  };
}

/** Long enough for a backlog, short enough that a page with a wrong date does no lasting harm. */
const rememberedMs = 10 * 60_000;

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

function readingOf({ listing, total }: ListingPage): ListingReading {
  return { listing, declared: total };
}
