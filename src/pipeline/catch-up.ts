import type { ReadListing } from '../domain/listing.ts';
import type { Store } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { announce } from './announce.ts';
import type { AnnounceDeps, Announced } from './announce.ts';

export type CatchUpDeps = AnnounceDeps & {
  readonly store: Pick<Store, 'papers' | 'days' | 'subscriptions' | 'deliveries'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly readListing: ReadListing;
  /** ISO dates of announcements out by `nowMs` and later than `after`, oldest first; without `after` only the latest. */
  readonly announcementsUntil: (nowMs: number, after: string | null) => string[];
  /** The archives and categories to read now. */
  readonly archives: () => Promise<readonly string[]>;
  /** A listing that was not there, or could not be read, is looked for again after so long. */
  readonly pollMs: number;
};

/**
 * Announces every listing that is due and not settled yet, archive by archive, oldest day first. Called at every tick: what is due is
 * asked of the clock, the calendar and the store, so that a missed tick, a restart and a long downtime are the same case.
 *
 * A day that is not there yet is marked late and looked for again `pollMs` later; later days of that archive wait for it.
 */
export async function catchUp(deps: CatchUpDeps, signal?: AbortSignal): Promise<Announced[]> {
  const announced: Announced[] = [];
  for (const archive of await deps.archives()) {
    const settled = await deps.store.days.lastSettled(archive);
    for (const date of deps.announcementsUntil(deps.clock.now(), settled?.date ?? null)) {
      if (signal?.aborted) return announced;
      const result = await announceDay(archive, date, deps);
      if (!result) break;
      announced.push(result);
    }
  }
  return announced;
}

/** Null where the day must be looked for again. */
async function announceDay(archive: string, date: string, deps: CatchUpDeps): Promise<Announced | null> {
  const { store, clock, log, readListing, pollMs } = deps;
  const day = await store.days.get(archive, date);
  const nowMs = clock.now();
  if (day?.triedAt && day.state !== 'complete' && nowMs < day.triedAt + pollMs) return null;
  try {
    const listing = await readListing(archive, date);
    if (listing) {
      const result = await announce(listing, deps);
      log.info(
        result,
        `announce: ${archive} of ${date} is ${result.state}: ${result.papers} papers, ${result.deliveries} posts queued`,
      );
      return result;
    }
    log.info({ archive, date }, `announce: the listing of ${archive} for ${date} is not out yet`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.error(
      { archive, date, code: error.code },
      `announce: ${archive} of ${date} will be tried again: ${error.message}`,
    );
  }
  await store.days.save({
    archive,
    date,
    state: 'late',
    papers: day?.papers ?? 0,
    source: day?.source ?? null,
    triedAt: nowMs,
  });
  return null;
}
