import { describe, expect, it, onTestFinished } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import { announcedAtMs, announcementsUntil } from '../../src/arxiv/calendar.ts';
import { calendarWith } from '../../src/arxiv/calendar-with.ts';
import type { Outcome } from '../../src/domain/delivery.ts';
import { createCatchUp } from '../../src/pipeline/catch-up.ts';
import type { Post } from '../../src/pipeline/attempt.ts';
import { openStore } from '../../src/store/open-store.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { aListing, anEntry, aSubscription, aTarget } from '../builders/domain.ts';
import { deliveredBy, recordingLog, senderOn } from './two-channels.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Ten minutes before the listing of 23 May 2025 comes out. */
const evening = Date.parse('2025-05-22T23:50:00Z');

/** A bot that is looked after every minute, with a channel that wants posts at once and one that wants them at eight in Berlin. */
async function aMorning() {
  const { log, logged } = recordingLog();
  const store = await openStore('sqlite::memory:', { log });
  onTestFinished(() => store.close());
  const clock = jumpingClock(evening);
  const sender = await senderOn(store, { clock, log });
  const quiet = { from: 23, until: 6 };
  for (const subscription of [
    aSubscription({ id: 'a', target: '1001', query: 'gossip' }),
    aSubscription({ id: 'b', target: '1002', query: 'gossip', hour: 8, quiet, zone: 'Europe/Berlin' }),
  ]) {
    await store.subscriptions.save(subscription, aTarget({ id: subscription.target }));
  }
  const catchUp = createCatchUp({
    store,
    knowledge: openKnowledge(store),
    log,
    clock,
    archives: async () => ['cs.DC'],
    ...calendarWith({ holidays: [], reachDays: 7 }),
    second: null,
    announcementsUntil: (nowMs) => announcementsUntil(nowMs, { holidays: [], after: '2025-05-22' }),
    // arXiv's clock is right, whatever ours says.
    readListing: async (_archive, date) => {
      if (evening + clock.monotonic() < announcedAtMs(date)) return { listing: null, shown: null };
      const entries = [1, 2, 3].map((count) => anEntry({ id: `2505.0000${count}`, title: `Gossip ${count}` }));
      return date === '2025-05-23'
        ? { listing: aListing(entries, { date }), declared: null }
        : { listing: null, shown: null };
    },
    pollMs: 10 * minuteMs,
  });

  /** What arrived at Discord. */
  const messages: string[] = [];
  /** Of each delivery the first try fails; the channel then rests for some seconds after each message. */
  const send = (post: Post): Outcome => {
    if (post.delivery.attempts % 2 === 0) return { kind: 'retry', atMs: clock.now() + 30_000, reason: 'busy' };
    messages.push(`${post.delivery.target} ${post.papers.map(({ paper }) => paper.id).join(' ')}`);
    return { kind: 'sent', messageId: `m-${post.delivery.id}`, laneOpensAtMs: clock.now() + 5_000 };
  };
  return {
    clock,
    logged,
    messages,
    counts: sender.counts,
    async minutes(count: number) {
      for (let minute = 0; minute < count; minute++) {
        await catchUp();
        await deliveredBy(sender.deps(send));
        await clock.sleep(minuteMs);
      }
    },
  };
}

const wanted = ['1001', '1002'].flatMap((target) => [1, 2, 3].map((count) => `${target} 2505.0000${count}`));

describe('catching up and delivering, when the machine’s clock is set', () => {
  it.each([
    ['never', []],
    ['forward by an hour before the listing is out', [[5, hourMs]]],
    ['back by an hour before the listing is out', [[5, -hourMs]]],
    ['forward by an hour in the middle of posting', [[13, hourMs]]],
    ['back by an hour in the middle of posting', [[13, -hourMs]]],
    [
      'forward and back again in the middle of posting',
      [
        [13, hourMs],
        [2, -hourMs],
      ],
    ],
    [
      'back and forward again in the middle of posting',
      [
        [13, -hourMs],
        [2, hourMs],
      ],
    ],
    ['back by an hour just after eight in Berlin', [[371, -hourMs]]],
    [
      'to and fro all morning',
      [
        [12, hourMs],
        [1, -2 * hourMs],
        [90, hourMs],
        [270, -hourMs],
        [3, hourMs],
      ],
    ],
  ] satisfies [string, [number, number][]][])('posts everything once: %s', async (_when, jumps) => {
    const morning = await aMorning();
    for (const [minutes, byMs] of jumps) {
      await morning.minutes(minutes);
      morning.clock.set(byMs);
    }
    // Half a day later, by a clock that may be an hour behind, all of it is there.
    await morning.minutes(10 * 60);
    expect(morning.messages.toSorted()).toEqual(wanted);
    expect(await morning.counts()).toEqual({ pending: 0, due: 0, sent: 6, dead: 0 });
    expect(morning.logged).toEqual([]);
  });
});
