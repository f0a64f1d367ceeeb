import type { Day, DayReading } from '../domain/day.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Announced } from './announce.ts';
import { checkDay } from './check-day.ts';
import type { CheckDayDeps } from './check-day.ts';
import { isClosed, isSettled, tryDay } from './try-day.ts';

export type CatchUpDeps = CheckDayDeps & {
  /** The archives and categories to read now. */
  readonly archives: () => Promise<readonly string[]>;
  /** ISO dates of announcements out by `nowMs` and within reach, oldest first; with `onlyLatest` the last of them. */
  readonly announcementsUntil: (nowMs: number, onlyLatest: boolean) => string[];
  /** A listing that was not there, or could not be read, is looked for again after so long. */
  readonly pollMs: number;
};

const hourMs = 3_600_000;

/** How long after its announcement a listing is looked for every `pollMs`; on the first day then every hour, later seldom. */
const eagerForMs = 6 * hourMs;
const firstDayMs = 24 * hourMs;
const seldomMs = 6 * hourMs;

/**
 * Makes a function that announces every listing that is due and not settled yet, archive by archive, oldest day first, and then compares
 * what was read with arXiv's feed. It is called at every tick: what is due is asked of the clock, the calendar and the store, so that a
 * missed tick, a restart and a long downtime are the same case. Of an archive never read only the latest day is due.
 *
 * What went wrong with one archive keeps no other waiting: whose last try is longest ago comes first. When each day was last tried is
 * remembered here, not in the store: a restart tries at once.
 */
export function createCatchUp(deps: CatchUpDeps): (signal?: AbortSignal) => Promise<Announced[]> {
  const { store, clock, log } = deps;
  const triedAt = new Map<string, number>();
  /** By archive. */
  const lastTriedAt = new Map<string, number>();
  let saidClosed = '';

  /**
   * What `work` comes to, in brackets; null where it is too early for another try. One that met a closed arXiv was none.
   *
   * @param waitFrom how long nothing is tried again after a try at that instant
   */
  async function trying<T>(
    { archive, what }: { readonly archive: string; readonly what: string },
    waitFrom: (lastMs: number) => number,
    work: () => Promise<T>,
  ): Promise<readonly [T] | null> {
    const lastMs = triedAt.get(what);
    const nowMs = clock.now();
    if (lastMs !== undefined && isWithin(waitFrom(lastMs), lastMs, nowMs)) return null;
    try {
      triedAt.set(what, nowMs);
      const value = await work();
      lastTriedAt.set(archive, nowMs);
      return [value];
    } catch (error) {
      if (!(error instanceof AppError && isClosed(error))) lastTriedAt.set(archive, nowMs);
      else if (lastMs === undefined) triedAt.delete(what);
      else triedAt.set(what, lastMs);
      throw error;
    }
  }

  /** arXiv may ask us to wait for minutes because of one archive, every time it is tried: the others are not to wait behind it again. */
  function inFairOrder(archives: readonly string[]): string[] {
    return archives.toSorted((one, other) => (lastTriedAt.get(one) ?? 0) - (lastTriedAt.get(other) ?? 0));
  }

  async function catchUpArchive(archive: string, announced: Announced[], signal?: AbortSignal): Promise<void> {
    for (const date of await datesWithinReach(archive)) {
      const day = await store.days.get(archive, date);
      if (signal?.aborted || isSettled(day, deps)) continue;
      if (clock.now() < deps.lookedForFromMs(date)) {
        if (day === null) await store.days.save(expected(archive, date));
        continue;
      }
      const waitFrom = (lastMs: number) => Math.max(deps.pollMs, patience(day, lastMs - deps.announcedAtMs(date)));
      const what = `${archive} ${date}`;
      const tried = await trying({ archive, what }, waitFrom, () => tryDay(archive, date, deps, signal));
      if (tried === null) continue;
      const [result] = tried;
      // It may have taken long to fail, and the next day of this archive may as well: the other archives come first.
      if (result === null) break;
      announced.push(result);
    }
  }

  /** Those with anything left to read or check: on most ticks none, and one statement tells. */
  async function withWork(archives: readonly string[]): Promise<string[]> {
    const dates = deps.announcementsUntil(clock.now(), false);
    const [oldest] = dates;
    const known = oldest === undefined ? [] : await store.days.since(oldest);
    const done = new Set(
      known.flatMap((day) => {
        const isDone = isSettled(day, deps) && (deps.second === null || day.date !== dates.at(-1) || isChecked(day));
        return isDone ? [`${day.archive} ${day.date}`] : [];
      }),
    );
    return archives.filter((archive) => dates.length === 0 || !dates.every((date) => done.has(`${archive} ${date}`)));
  }

  /** Oldest first; those before the first one that we know of an archive never concern us. */
  async function datesWithinReach(archive: string): Promise<string[]> {
    const nowMs = clock.now();
    const firstKnown = await store.days.firstKnown(archive);
    return deps.announcementsUntil(nowMs, firstKnown === null).filter((date) => date >= (firstKnown ?? ''));
  }

  async function checkArchive(archive: string, announced: Announced[], signal?: AbortSignal): Promise<void> {
    const nowMs = clock.now();
    const date = deps.announcementsUntil(nowMs, true).at(-1);
    if (date === undefined || !deps.isInFeed(date, nowMs)) return;
    const day = await store.days.get(archive, date);
    const isWhole = day?.state === 'complete' || day?.state === 'empty';
    if (!isWhole || isChecked(day)) return;
    // Half as long as since the announcement: five tries a day of a feed that fails or stays stale.
    const waitFrom = (lastMs: number) => (lastMs - deps.announcedAtMs(date)) / 2;
    const what = `feed ${archive} ${date}`;
    const tried = await trying({ archive, what }, waitFrom, () => checkDay(archive, date, deps, signal));
    announced.push(...(tried?.[0] ?? []));
  }

  const steps = [catchUpArchive, ...(deps.second === null ? [] : [checkArchive])];
  return async (signal) => {
    const announced: Announced[] = [];
    const busy = await withWork(await deps.archives());
    for (const step of steps) {
      for (const archive of inFairOrder(busy)) {
        if (signal?.aborted) break;
        try {
          await step(archive, announced, signal);
        } catch (error) {
          if (error instanceof AppError && isClosed(error)) {
            if (error.message !== saidClosed) log.warn({}, `announce: it goes on later: ${error.message}`);
            saidClosed = error.message;
            return announced;
          }
          log.error({ archive, err: error }, `announce: ${archive} met a bug: ${messageOf(error)}`);
        }
      }
    }
    return announced;
  };
}

/** A stale feed may be of its day an hour later. */
function isChecked({ check }: Day): boolean {
  return check !== null && check.verdict !== 'stale';
}

function expected(archive: string, date: string): DayReading {
  const nothing = { papers: 0, counts: {}, declared: null, source: null, found: null, triedAt: null };
  return { archive, date, state: 'expected', ...nothing };
}

/** How long to leave a day alone after a try that did not settle it, in milliseconds, by how long after the announcement that was. */
function patience(day: Day | null, sinceMs: number): number {
  // Small categories are empty on most days, and only now and then by mistake: at ever longer intervals.
  if (day?.state === 'empty') return Math.min(sinceMs, seldomMs);
  if (sinceMs < eagerForMs) return 0;
  return sinceMs < firstDayMs ? hourMs : seldomMs;
}

/** Whether `thenMs` lies less than `spanMs` before now; a time in the future is none that a clock set right would have written. */
function isWithin(spanMs: number, thenMs: number, nowMs: number): boolean {
  return thenMs <= nowMs && nowMs < thenMs + spanMs;
}
