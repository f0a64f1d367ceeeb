import type { Entry } from '../domain/listing.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { joinPages } from './join-pages.ts';
import type { ListingPage } from './join-pages.ts';

/** The most entries that a listing page shows at once, and its default. */
export const pageSize = 2000;

/** 20,000 entries: all of cs has some 3,000 on a Tuesday (2026), so a page that asks for more is wrong. */
const mostPages = 10;

/**
 * The pages of one day as one, where `first` is full and does not hold it all.
 *
 * Pages that fail, or that add nothing, end the reading: what was read is given with `complete: false`, and a warning says why.
 *
 * @param readNext reads a page, the second as 2, that begins behind `skip` entries
 * @throws AppError `arxiv-refused` and `arxiv-stopped`, after which nothing more may be asked
 */
export async function readOn(
  first: ListingPage,
  readNext: (page: number, skip: number) => Promise<ListingPage>,
  log: Log,
): Promise<ListingPage> {
  let whole = first;
  let last = first;
  for (let page = 2; goesOn(last, whole); page += 1) {
    const next = page > mostPages ? tooMany : await nextPage(page, whole, readNext);
    if (!next.ok) {
      const { archive, date, entries } = whole.listing;
      const read = `read ${entries.length} of the ${whole.total} entries of ${archive} for ${date}`;
      log.warn({ archive, date }, `arxiv: ${read}: ${next.error}`);
      // It says `complete: false` already, for its day declares more entries.
      return whole;
    }
    last = next.value;
    whole = joinPages(whole, last);
  }
  return whole;
}

const tooMany = err(`no more than ${mostPages} pages are read`);

/** Only behind a full page another can follow; a total alone may be a wrong count, and asking for what is not there ends in an error. */
function goesOn(last: ListingPage, { listing, total }: ListingPage): boolean {
  return last.listing.entries.length >= pageSize && total !== null && listing.entries.length < total;
}

/** A page that adds to `whole`, or in words why there is none. */
async function nextPage(
  page: number,
  whole: ListingPage,
  readNext: (page: number, skip: number) => Promise<ListingPage>,
): Promise<Result<ListingPage, string>> {
  try {
    const next = await readNext(page, whole.listing.entries.length);
    const known = new Set(whole.listing.entries.map(nameOf));
    return next.listing.entries.every((entry) => known.has(nameOf(entry))) ? err(`page ${page} adds none`) : ok(next);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || final.has(thrown.code)) throw thrown;
    return err(thrown.message);
  }
}

const final: ReadonlySet<string> = new Set(['arxiv-refused', 'arxiv-stopped']);

/** A paper may stand on a page twice, as different kinds. */
function nameOf({ kind, id }: Entry): string {
  return `${kind} ${id}`;
}
