import { announcedAtMs } from '../../src/arxiv/calendar.ts';
import { createLog } from '../../src/lib/log.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { generatedListing } from './generated-listing.ts';
import type { Post } from './local-discord.ts';
import { outAfterMs } from './loopback-arxiv.ts';
import type { MonthsSubscription } from './months-subscriptions.ts';

/** Memory of the worker at a moment of its own clock. */
export type Sample = { readonly atMs: number; readonly memoryMb: number };

/** One message of the outbox. Times in epoch milliseconds on the worker's clock. */
type Sent = {
  readonly subscription: MonthsSubscription;
  /** Of the listing. */
  readonly date: string;
  readonly due: number;
  readonly settledAt: number | null;
  readonly papers: readonly string[];
};
type Day = { readonly date: string; readonly papers: number; readonly matchedAt: number | null };
export type Month = { readonly days: readonly Day[]; readonly sent: readonly Sent[]; readonly open: readonly Sent[] };

export async function readMonth(url: string, subscriptions: readonly MonthsSubscription[]): Promise<Month> {
  const { db } = await openDatabase(url, { log: createLog('warn') });
  try {
    const rows = await db.selectFrom('deliveries').selectAll().orderBy('due').orderBy('seq').execute();
    const deliveries = rows.map((row): Sent => {
      const subscription = subscriptions.find(({ channel }) => channel === row.target);
      if (!subscription || row.state === 'dead') throw new Error(`delivery ${row.id}: ${row.state} ${row.reason}`);
      const papers: { paper: string }[] = JSON.parse(row.papers_json);
      const { date, due, settled_at: settledAt } = row;
      return { subscription, date, due, settledAt, papers: papers.map(({ paper }) => paper) };
    });
    const days = await db.selectFrom('days').selectAll().orderBy('date').execute();
    return {
      days: days.map(({ date, papers, matched_at: matchedAt }) => ({ date, papers, matchedAt })),
      sent: deliveries.filter(({ settledAt }) => settledAt !== null),
      open: deliveries.filter(({ settledAt }) => settledAt === null),
    };
  } finally {
    await db.destroy();
  }
}

/** Whether every listing was read, and every paper that somebody asked for came once to each channel that did. */
export function judgePosts(
  posts: readonly Post[],
  subscriptions: readonly MonthsSubscription[],
  listings: readonly string[],
  month: Month,
  endMs: number,
): string {
  const read = new Set(month.days.flatMap(({ date, matchedAt }) => (matchedAt === null ? [] : [date])));
  const unread = listings.filter((date) => !read.has(date));
  const wanted = new Set(
    subscriptions.flatMap(({ channel, topics }) =>
      listings.flatMap((date) =>
        generatedListing(date).papers.flatMap(({ id, topic }) => (topics.includes(topic) ? [`${channel} ${id}`] : [])),
      ),
    ),
  );
  const came = posts.flatMap(({ channel, papers }) => papers.map((paper) => `${channel} ${paper}`));
  const once = new Set(came);
  // An hour of grace for what was being sent.
  const waiting = month.open.filter(({ due }) => due > endMs - 3_600_000);
  const excused = new Set(
    waiting.flatMap(({ subscription, papers }) => papers.map((paper) => `${subscription.channel} ${paper}`)),
  );
  const missing = [...wanted].filter((one) => !once.has(one) && !excused.has(one));
  const unasked = [...once].filter((one) => !wanted.has(one));
  return [
    `Listings: ${listings.length} came out, ${unread.length} were not announced${unread.length > 0 ? ` (${unread.join(', ')})` : ''}.`,
    `Papers: ${wanted.size} asked for, ${came.length} posted in ${posts.length} messages, ${came.length - once.size} twice, ${missing.length} missing, ${unasked.length} not asked for, ${excused.size} not due yet.`,
    ...(month.open.length > waiting.length ? [`Overdue at the end: ${month.open.length - waiting.length}.`] : []),
  ].join('\n');
}

/** Whether posts came at their hours, and how long after. */
export function judgeTimes({ sent: all, days }: Month): string {
  // The first listing came out before the month began, and its hours were over.
  const sent = all.filter(({ date }) => date !== days[0]?.date);
  const early = sent.filter(({ due, settledAt }) => (settledAt ?? 0) < due);
  const wrongHour = sent.filter(({ subscription, due }) => {
    const local = Temporal.Instant.fromEpochMilliseconds(due).toZonedDateTimeISO(subscription.zone);
    return subscription.hour !== null && (local.hour !== subscription.hour || local.minute !== 0);
  });
  const disturbing = sent.filter(({ subscription: { quiet, zone }, settledAt }) => {
    const { hour } = Temporal.Instant.fromEpochMilliseconds(settledAt ?? 0).toZonedDateTimeISO(zone);
    return quiet !== null && (hour >= quiet.from || hour < quiet.until);
  });
  const readAfter = days.flatMap(({ date, matchedAt }) =>
    matchedAt === null ? [] : [matchedAt - announcedAtMs(date) - outAfterMs(date)],
  );
  const late = sent.filter((one) => delayMs(one) >= 3_600_000);
  return [
    `Messages of all listings but the first: ${early.length} early, ${wrongHour.length} at another hour than their subscription's, ${disturbing.length} in quiet hours, ${late.length} an hour late or more.`,
    `From due to posted, minutes on the worker's clock: ${spread(sent.map(delayMs))}.`,
    `From a listing's coming out to its posts being queued, likewise: ${spread(readAfter.slice(1))}.`,
  ].join('\n');
}

/** How long after it was due a message had arrived, in milliseconds on the worker's clock. */
export function delayMs({ due, settledAt }: Sent): number {
  return (settledAt ?? due) - due;
}

export function spread(ms: readonly number[]): string {
  const sorted = ms.toSorted((a, b) => a - b);
  const minutes = (share: number) => ((sorted[Math.floor(share * (sorted.length - 1))] ?? NaN) / 60_000).toFixed(0);
  return `median ${minutes(0.5)}, 95 % within ${minutes(0.95)}, most ${minutes(1)}`;
}
