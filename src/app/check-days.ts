import { announcementsUntil, lookedForFromMs } from '../arxiv/calendar.ts';
import type { Day } from '../domain/day.ts';
import type { DayStore } from '../domain/ports.ts';
import { describeDay } from '../pipeline/describe-day.ts';
import { check, ill, unknown, well } from './check.ts';
import type { Check } from './check.ts';

/** So long after its time a listing is missed, in milliseconds: arXiv itself is some hours late now and then. */
const missedAfterMs = 12 * 3_600_000;

/** Days that are looked through: more than those within reach, of more archives than anybody reads. */
const mostDays = 2_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const mend = 'Start the bot, and see what the check “arxiv” says; `paperboy ingest --category` reads a day by hand.';
const leftOutMend = 'Correct the name in arxiv.listings of the settings, or end the subscriptions that name it.';

/**
 * The last day known of each archive that is read, and what is missing of it, or of the days that are still looked for.
 *
 * @param options.archives what is read now: of others nothing is expected any more
 * @param options.reachDays how many days back missed days are looked for
 * @param options.isDemo true where there are no other days than those in `seeds/`
 */
export function checkDays(
  days: DayStore,
  options: {
    readonly nowMs: number;
    readonly holidays: readonly string[];
    readonly archives: readonly string[];
    readonly reachDays: number;
    readonly isDemo: boolean;
  },
): Promise<Check> {
  const { nowMs, holidays, reachDays, isDemo } = options;
  return check('listings', 'See what the check “database” says.', async () => {
    const wanted = new Set(options.archives);
    const out = announcementsUntil(nowMs, { holidays }).at(-1) ?? '';
    // A clock that was ahead, or a listing taken in by hand, may have left days that are not out yet.
    const known = (await days.recent(mostDays)).filter(
      ({ archive, date }) => isDemo || (wanted.has(archive) && date <= out),
    );
    const last = new Map<string, Day>();
    for (const day of known) if (!last.has(day.archive)) last.set(day.archive, day);
    if (last.size === 0) return unknown('none was read yet');
    const inWords = (day: Day) => `${day.archive} ${describeDay(day, { nowMs, lookedForFromMs })}`;
    const unread = isDemo ? [] : [...wanted.difference(last)].map((archive) => `${archive} was never read`);
    const found = [...[...last.values()].map(inWords), ...unread].join('; ');
    if (isDemo) return well(found);

    const since = new Date(nowMs - reachDays * dayMs).toISOString().slice(0, 10);
    const due = announcementsUntil(nowMs - missedAfterMs, { after: since, holidays });
    const expected = due.at(-1);
    const behind = [...last.values()].filter(({ date }) => expected !== undefined && date < expected);
    const leftOut = [...last.values()].filter(({ state, found: reason }) => state === 'deferred' && reason !== null);
    const missing = known.filter((day) => due.includes(day.date) && !isRead(day));
    const late = [
      ...missing.map((day) => `${day.archive} of ${day.date} is ${day.state}`),
      ...behind.map(({ archive }) => `${archive} of ${expected} was not looked for`),
    ];
    const problems = [
      ...(late.length > 0 ? [`not read whole ${missedAfterMs / hourMs} h after its time: ${late.join(', ')}`] : []),
      ...(leftOut.length > 0 ? [`nothing is read of ${leftOut.map(({ archive }) => archive).join(', ')}`] : []),
    ];
    if (problems.length === 0) return well(found);
    return ill([found, ...problems].join('; '), late.length === 0 ? leftOutMend : mend);
  });
}

/** A day is settled also where arXiv had nothing for it. */
function isRead({ state }: Day): boolean {
  return state === 'complete' || state === 'empty' || state === 'deferred';
}
