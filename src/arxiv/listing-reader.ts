import type { ListingReading, ReadListing } from '../domain/listing.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { ArxivClient } from './client.ts';
import type { ListingPage } from './join-pages.ts';
import { decodeListing } from './listing-format.ts';
import { parseHtmlPage } from './parse-html-page.ts';
import { pageSize, readOn } from './read-on.ts';
import type { Validators } from './request.ts';
import { complaintsAbout } from './unreadable.ts';

export type ListingReaderDeps = { readonly clock: Clock; readonly log: Log; readonly client: ArxivClient };

/** The latest page of an archive, without its body: its date, for which day and when it was read, and by what arXiv knows it again. */
type Latest = {
  readonly date: string;
  readonly readFor: string;
  readonly readAtMs: number;
  readonly validators: Validators;
};

/**
 * Listings from arXiv itself: the page of the latest announcement or, for a day that was missed, the catch-up page, which goes back
 * 90 days. Only the date that a page bears tells which day it is of: caches keep yesterday's page for a while. While it is the page that
 * was read before, arXiv need not send it again.
 *
 * The reader throws what the client throws (`arxiv-unavailable`, `arxiv-closed`, `arxiv-refused`, `arxiv-bad-request`, `arxiv-stopped`, …) and
 * `unreadable-listing`. Where only a later page of a day cannot be read, it gives the pages before as an incomplete listing.
 */
export function createListingReader(deps: ListingReaderDeps): ReadListing {
  const { clock, log, client } = deps;
  const latestOf = new Map<string, Latest>();

  async function readListingPage(path: string, archive: string, signal?: AbortSignal): Promise<ListingPage> {
    return pageOf(await client.get('page', path, { signal }), archive);
  }

  /** The latest page; only its date where it is the one that was read before, and of another day than `date`. */
  async function readLatest(archive: string, date: string, signal?: AbortSignal) {
    const known = latestOf.get(archive);
    const validators = known !== undefined && known.date !== date ? known.validators : undefined;
    const path = latestPath(archive);
    const got = await client.get('page', path, { signal, validators });
    const readAtMs = clock.now();
    if (got.kind === 'unchanged') {
      if (known === undefined) throw new Error(`arxiv: ${path} is unchanged, though it was never read`);
      latestOf.set(archive, { ...known, readFor: date, readAtMs });
      return { date: known.date, page: null };
    }
    const page = pageOf(got, archive);
    if (page.listing.archive !== archive) throw renamed(archive, page.listing.archive);
    latestOf.set(archive, { date: page.listing.date, readFor: date, readAtMs, validators: got.validators });
    return { date: page.listing.date, page };
  }

  /** What was the latest day stays out, so this holds for a while. */
  function isKnownToBePast(archive: string, date: string): boolean {
    const latest = latestOf.get(archive);
    return latest !== undefined && date < latest.date && isWithin(rememberedMs, latest.readAtMs);
  }

  /** The date of the page that was just there instead of a day before `date`: then it is there instead of `date`, too. */
  function shownInsteadOfEarlier(archive: string, date: string): string | null {
    const latest = latestOf.get(archive);
    const isInstead = latest !== undefined && latest.date < latest.readFor && latest.readFor < date;
    return isInstead && isWithin(justNowMs, latest.readAtMs) ? latest.date : null;
  }

  function isWithin(spanMs: number, thenMs: number): boolean {
    return thenMs <= clock.now() && clock.now() < thenMs + spanMs;
  }

  return async (archive, date, signal) => {
    async function readPageOfDay(path: string): Promise<ListingPage> {
      const page = await readListingPage(path, archive, signal);
      if (page.listing.date !== date) throw changed(path, page.listing.date, date);
      return page;
    }

    const shown = shownInsteadOfEarlier(archive, date);
    if (shown !== null) return { listing: null, shown };
    if (!isKnownToBePast(archive, date)) {
      const latest = await readLatest(archive, date, signal);
      if (latest.date < date) return { listing: null, shown: latest.date };
      if (latest.date === date && latest.page !== null) {
        const path = latestPath(archive);
        const readNext = (_page: number, skip: number) => readPageOfDay(`${path}?skip=${skip}&show=${pageSize}`);
        return readingOf(await readOn(latest.page, readNext, log));
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

/** Where several days are not out yet, one look tells it of all; shorter than anybody waits before he looks again. */
const justNowMs = 2 * 60_000;

function latestPath(archive: string): string {
  return `/list/${encodeURIComponent(archive)}/new`;
}

function pageOf({ bytes, url }: { readonly bytes: Uint8Array; readonly url: string }, archive: string): ListingPage {
  const complain = complaintsAbout(url);
  return parseHtmlPage(decodeListing(bytes, 'html', complain).text, { complain, archive });
}

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
