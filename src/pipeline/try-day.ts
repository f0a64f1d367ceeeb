import type { Day, DayState } from '../domain/day.ts';
import type { ListingReading, ReadListing } from '../domain/listing.ts';
import { AppError } from '../lib/errors.ts';
import { announce } from './announce.ts';
import type { AnnounceDeps, Announced } from './announce.ts';

export type TryDayDeps = AnnounceDeps & {
  readonly readListing: ReadListing;
  /** Epoch milliseconds from which on the listing of an ISO date is looked for: some minutes after it was announced. */
  readonly lookedForFromMs: (date: string) => number;
};

/**
 * An empty page counts as an empty day once it was seen so long after it was due, or once the feed says the same: pages have been empty by
 * mistake for hours.
 */
const emptyForSureMs = 12 * 3_600_000;

/**
 * Tries once to read and announce the listing of a day, and records what came of it in the store, in words where it did not succeed.
 *
 * @returns null where there was nothing to announce
 * @throws AppError where nobody may ask arXiv now: see `isClosed`
 */
export async function tryDay(
  archive: string,
  date: string,
  deps: TryDayDeps,
  signal?: AbortSignal,
): Promise<Announced | null> {
  const { clock, log, readListing } = deps;
  const triedAtMs = clock.now();
  const saveUnread = async (state: DayState, found: string) => {
    // Somebody may have brought the day by hand while we asked for it: then it is settled.
    const present = await deps.store.days.get(archive, date);
    if (isSettled(present, deps)) return;
    const { papers = 0, counts = {}, declared = null } = present ?? {};
    const read = { papers, counts, declared, source: null };
    // What was read of a day stays read.
    const remains = state === 'late' && present?.state === 'partial' ? 'partial' : state;
    await deps.store.days.save({ archive, date, state: remains, ...read, found, triedAt: triedAtMs });
  };
  try {
    const reading = await readListing(archive, date, signal);
    const less = lessThanKnown(reading, await deps.store.days.get(archive, date));
    if (less !== null) {
      log.warn({ archive, date }, `announce: ${archive} of ${date} stays as it was read before: ${less}`);
      await saveUnread('late', less);
      return null;
    }
    if (reading.listing) {
      const result = await announce(reading.listing, reading.declared, deps);
      log.info(
        result,
        `announce: ${archive} of ${date} is ${result.state}: ${result.papers} papers, ${result.deliveries} posts queued`,
      );
      return result;
    }
    const found = reading.shown === null ? 'no listing there' : `still ${nameOfPage(reading.shown, date)}`;
    log.info({ archive, date }, `announce: the listing of ${archive} for ${date} is not out yet: ${found}`);
    await saveUnread('late', found);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Our own stop says nothing about the day.
    if (error.code === 'arxiv-stopped') return null;
    if (isClosed(error)) {
      const isEmpty = (await deps.store.days.get(archive, date))?.state === 'empty';
      if (!isEmpty) await saveUnread('late', error.message);
      throw error;
    }
    // No such archive, or a day that arXiv no longer has: asking again would not help.
    const isHopeless = error.code === 'arxiv-bad-request';
    const outlook = isHopeless ? 'is left out' : 'will be tried again';
    log.error({ archive, date, code: error.code }, `announce: ${archive} of ${date} ${outlook}: ${error.message}`);
    await saveUnread(isHopeless ? 'deferred' : 'late', error.message);
  }
  return null;
}

/** Whether nobody may ask arXiv anything for a while, whatever for: that says nothing about what was to be asked. */
export function isClosed({ code }: AppError): boolean {
  return code === 'arxiv-closed' || code === 'arxiv-refused';
}

/** True where a day needs no more reading. */
export function isSettled(day: Day | null, { lookedForFromMs }: Pick<TryDayDeps, 'lookedForFromMs'>): boolean {
  switch (day?.state) {
    case 'complete':
      return day.matchedAt !== null;
    case 'empty':
      return day.check?.verdict === 'agrees' || (day.triedAt ?? 0) >= lookedForFromMs(day.date) + emptyForSureMs;
    case 'deferred':
      return true;
    default:
      return false;
  }
}

/** In words, where a page has less than was read of its day before, and so nothing to tell: it was fetched while arXiv wrote it. */
function lessThanKnown(reading: ListingReading, known: Day | null): string | null {
  if (reading.listing === null || known === null) return null;
  const { listing, declared } = reading;
  if (listing.entries.length === 0 && known.papers > 0) {
    return `the page was empty, after ${known.papers} papers had been read`;
  }
  const isPart = listing.complete === false && known.state === 'complete';
  if (!isPart || declared === null || declared > known.papers) return null;
  return `the page had ${listing.entries.length} of ${declared} papers, after all had been read`;
}

/** `Thursday’s page` of a date in the week before `date`; `the page of 2025-05-12` of an older one. */
function nameOfPage(shown: string, date: string): string {
  const day = Temporal.PlainDate.from(shown);
  const isRecent = day.until(Temporal.PlainDate.from(date)).days < 7;
  return isRecent ? `${day.toLocaleString('en', { weekday: 'long' })}’s page` : `the page of ${shown}`;
}
