import { announcedAtMs, announcementsUntil, lookedForFromMs } from '../arxiv/calendar.ts';
import type { Day } from '../domain/day.ts';
import type { DayStore } from '../domain/ports.ts';
import { describeDay } from '../pipeline/describe-day.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check } from './check.ts';

/** So long after its time a listing is missed, in milliseconds: arXiv itself is some hours late now and then. */
const missedAfterMs = 12 * 3_600_000;

/** Days that are looked through for the last of each archive: more than a month of ten. */
const mostDays = 400;

/**
 * The last day known of each archive.
 *
 * @param options.isDemo true where there are no other days than those in `seeds/`
 */
export function checkDays(
  days: DayStore,
  options: { readonly nowMs: number; readonly holidays: readonly string[]; readonly isDemo: boolean },
): Promise<Check> {
  const { nowMs, holidays, isDemo } = options;
  return check('listings', 'See what the check “database” says.', async () => {
    const last = new Map<string, Day>();
    for (const day of await days.recent(mostDays)) if (!last.has(day.archive)) last.set(day.archive, day);
    if (last.size === 0) return unknown('none was read yet');
    const found = [...last.values()]
      .map((day) => `${day.archive} ${describeDay(day, { nowMs, lookedForFromMs })}`)
      .join('; ');
    const expected = announcementsUntil(nowMs - missedAfterMs, { holidays }).at(-1);
    const missing = isDemo || expected === undefined ? [] : [...last.values()].filter((day) => !isRead(day, expected));
    if (missing.length === 0 || expected === undefined) return well(found);
    const hours = Math.floor((nowMs - announcedAtMs(expected)) / 3_600_000);
    return ill(
      `${found}; the listing of ${expected} came out ${hours} h ago and was not read whole for ${missing.map(({ archive }) => archive).join(', ')}`,
      'Start the bot, and see what the check “arxiv” says; `paperboy ingest --category` reads a day by hand.',
    );
  });
}

/** A day is settled also where arXiv had nothing for it. */
function isRead({ date, state }: Day, expected: string): boolean {
  return date > expected || (date === expected && (state === 'complete' || state === 'empty' || state === 'deferred'));
}
