import type { Day } from '../domain/day.ts';
import type { ReadListing } from '../domain/listing.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import { announce } from './announce.ts';
import type { AnnounceDeps, Announced } from './announce.ts';

export type CatchUpDeps = AnnounceDeps & {
  readonly readListing: ReadListing;
  /** The archives and categories to read now. */
  readonly archives: () => Promise<readonly string[]>;
  /** ISO dates of announcements out by `nowMs` and within reach, oldest first; with `onlyLatest` the last of them. */
  readonly announcementsUntil: (nowMs: number, onlyLatest: boolean) => string[];
  /** A listing that was not there, or could not be read, is looked for again after so long. */
  readonly pollMs: number;
};

/** How long after its announcement a listing is looked for every `pollMs`; later only every hour. */
const eagerForMs = 6 * 3_600_000;
const patientMs = 3_600_000;

/** An empty page counts as an empty day once it was seen so long after the announcement: pages have been empty by mistake for hours. */
const emptyForSureMs = 12 * 3_600_000;

/** How long arXiv is left alone after it refused us. */
const refusedMs = 6 * 3_600_000;

/**
 * Makes a function that announces every listing that is due and not settled yet, archive by archive, oldest day first. It is called at
 * every tick: what is due is asked of the clock, the calendar and the store, so that a missed tick, a restart and a long downtime are
 * the same case. Of an archive never read only the latest day is due.
 *
 * What went wrong with one archive keeps no other waiting. When each day was last tried is remembered here, not in the store: a
 * restart tries at once.
 */
export function createCatchUp(deps: CatchUpDeps): (signal?: AbortSignal) => Promise<Announced[]> {
  const triedAt = new Map<string, number>();
  let refusedAtMs: number | null = null;

  function mayTry(archive: string, date: string): boolean {
    const nowMs = deps.clock.now();
    if (refusedAtMs !== null && isWithin(refusedMs, refusedAtMs, nowMs)) return false;
    const lastMs = triedAt.get(`${archive} ${date}`);
    const isEager = nowMs < deps.announcedAtMs(date) + eagerForMs;
    return lastMs === undefined || !isWithin(isEager ? deps.pollMs : Math.max(deps.pollMs, patientMs), lastMs, nowMs);
  }

  async function catchUpArchive(archive: string, signal?: AbortSignal): Promise<Announced[]> {
    const { store, clock } = deps;
    const firstKnown = await store.days.firstKnown(archive);
    const dates = deps
      .announcementsUntil(clock.now(), firstKnown === null)
      .filter((date) => date >= (firstKnown ?? ''));
    const announced: Announced[] = [];
    for (const date of dates) {
      const day = await store.days.get(archive, date);
      if (signal?.aborted || isSettled(day, deps) || !mayTry(archive, date)) continue;
      triedAt.set(`${archive} ${date}`, clock.now());
      const result = await announceDay(archive, date, signal);
      if (result) announced.push(result);
    }
    return announced;
  }

  /** Null where there was nothing to announce. */
  async function announceDay(archive: string, date: string, signal?: AbortSignal): Promise<Announced | null> {
    const { clock, log, readListing } = deps;
    const triedAtMs = clock.now();
    try {
      const reading = await readListing(archive, date, signal);
      if (reading.listing) {
        const result = await announce(reading.listing, reading.declared, deps);
        log.info(
          result,
          `announce: ${archive} of ${date} is ${result.state}: ${result.papers} papers, ${result.deliveries} posts queued`,
        );
        return result;
      }
      log.info({ archive, date }, `announce: the listing of ${archive} for ${date} is not out yet`);
      await saveUnread(archive, date, 'late', triedAtMs, 'not there yet');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'arxiv-refused') refusedAtMs = clock.now();
      // No such archive, or a day that arXiv no longer has: asking again would not help.
      const isHopeless = error.code === 'arxiv-bad-request';
      const outlook = isHopeless ? 'is left out' : 'will be tried again';
      log.error({ archive, date, code: error.code }, `announce: ${archive} of ${date} ${outlook}: ${error.message}`);
      await saveUnread(archive, date, isHopeless ? 'deferred' : 'late', triedAtMs, error.message);
    }
    return null;
  }

  /** Somebody may have brought the day by hand while we asked for it: then it is settled. */
  async function saveUnread(
    archive: string,
    date: string,
    state: 'late' | 'deferred',
    triedAtMs: number,
    found: string,
  ): Promise<void> {
    const present = await deps.store.days.get(archive, date);
    if (isSettled(present, deps)) return;
    const { papers = 0, counts = {}, declared = null } = present ?? {};
    await deps.store.days.save({
      archive,
      date,
      state,
      papers,
      counts,
      declared,
      source: null,
      found,
      triedAt: triedAtMs,
    });
  }

  return async (signal) => {
    const announced: Announced[] = [];
    for (const archive of await deps.archives()) {
      if (signal?.aborted) break;
      try {
        announced.push(...(await catchUpArchive(archive, signal)));
      } catch (error) {
        deps.log.error({ archive, err: error }, `announce: ${archive} met a bug: ${messageOf(error)}`);
      }
    }
    return announced;
  };
}

/** True where a day needs no more reading. */
function isSettled(day: Day | null, { announcedAtMs }: CatchUpDeps): boolean {
  switch (day?.state) {
    case 'complete':
      return day.matchedAt !== null;
    case 'empty':
      return (day.triedAt ?? 0) >= announcedAtMs(day.date) + emptyForSureMs;
    case 'deferred':
      return true;
    default:
      return false;
  }
}

/** Whether `thenMs` lies less than `spanMs` before now; a time in the future is none that a clock set right would have written. */
function isWithin(spanMs: number, thenMs: number, nowMs: number): boolean {
  return thenMs <= nowMs && nowMs < thenMs + spanMs;
}
