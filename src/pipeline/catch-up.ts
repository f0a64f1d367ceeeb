import type { DayReading } from '../domain/day.ts';
import { messageOf } from '../lib/errors.ts';
import type { Announced } from './announce.ts';
import { checkDay } from './check-day.ts';
import type { CheckDayDeps } from './check-day.ts';
import { isSettled, tryDay } from './try-day.ts';

export type CatchUpDeps = CheckDayDeps & {
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

/**
 * Makes a function that announces every listing that is due and not settled yet, archive by archive, oldest day first, and then compares
 * what was read with arXiv's feed. It is called at every tick: what is due is asked of the clock, the calendar and the store, so that a
 * missed tick, a restart and a long downtime are the same case. Of an archive never read only the latest day is due.
 *
 * What went wrong with one archive keeps no other waiting. When each day was last tried is remembered here, not in the store: a
 * restart tries at once.
 */
export function createCatchUp(deps: CatchUpDeps): (signal?: AbortSignal) => Promise<Announced[]> {
  const { store, clock, log } = deps;
  const triedAt = new Map<string, number>();

  /** Notes the try, too. */
  function mayTry(what: string, waitMs: number): boolean {
    const lastMs = triedAt.get(what);
    const nowMs = clock.now();
    if (lastMs !== undefined && isWithin(waitMs, lastMs, nowMs)) return false;
    triedAt.set(what, nowMs);
    return true;
  }

  async function catchUpArchive(archive: string, signal?: AbortSignal): Promise<Announced[]> {
    const announced: Announced[] = [];
    for (const date of await datesWithinReach(archive)) {
      const day = await store.days.get(archive, date);
      if (signal?.aborted || isSettled(day, deps)) continue;
      if (clock.now() < deps.lookedForFromMs(date)) {
        if (day === null) await store.days.save(expected(archive, date));
        continue;
      }
      const isEager = clock.now() < deps.announcedAtMs(date) + eagerForMs;
      if (!mayTry(`${archive} ${date}`, isEager ? deps.pollMs : Math.max(deps.pollMs, patientMs))) continue;
      const result = await tryDay(archive, date, deps, signal);
      if (result) announced.push(result);
    }
    return announced;
  }

  /** Oldest first; those before the first one that we know of an archive never concern us. */
  async function datesWithinReach(archive: string): Promise<string[]> {
    const nowMs = clock.now();
    const firstKnown = await store.days.firstKnown(archive);
    return deps.announcementsUntil(nowMs, firstKnown === null).filter((date) => date >= (firstKnown ?? ''));
  }

  async function checkArchive(archive: string, signal?: AbortSignal): Promise<Announced[]> {
    const date = deps.announcementsUntil(clock.now(), true).at(-1);
    if (date === undefined || signal?.aborted) return [];
    const day = await store.days.get(archive, date);
    const isDue = day?.readAt != null && day.check === null && deps.isInFeed(date, clock.now());
    if (!isDue || !mayTry(`feed ${archive} ${date}`, patientMs)) return [];
    return checkDay(archive, date, deps, signal);
  }

  return async (signal) => {
    const announced: Announced[] = [];
    const archives = await deps.archives();
    for (const step of [catchUpArchive, checkArchive]) {
      for (const archive of archives) {
        if (signal?.aborted) break;
        try {
          announced.push(...(await step(archive, signal)));
        } catch (error) {
          log.error({ archive, err: error }, `announce: ${archive} met a bug: ${messageOf(error)}`);
        }
      }
    }
    return announced;
  };
}

function expected(archive: string, date: string): DayReading {
  const nothing = { papers: 0, counts: {}, declared: null, source: null, found: null, triedAt: null };
  return { archive, date, state: 'expected', ...nothing };
}

/** Whether `thenMs` lies less than `spanMs` before now; a time in the future is none that a clock set right would have written. */
function isWithin(spanMs: number, thenMs: number, nowMs: number): boolean {
  return thenMs <= nowMs && nowMs < thenMs + spanMs;
}
