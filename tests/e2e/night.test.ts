import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { openKnowledge } from '../../src/app/open-knowledge.ts';
import { createArxivClient } from '../../src/arxiv/client.ts';
import { createListingReader } from '../../src/arxiv/listing-reader.ts';
import { createLocalTurns } from '../../src/arxiv/local-turns.ts';
import { createSecondSource } from '../../src/arxiv/second-source.ts';
import type { Store } from '../../src/domain/ports.ts';
import { createLog } from '../../src/lib/log.ts';
import { createCatchUp } from '../../src/pipeline/catch-up.ts';
import { describeDay } from '../../src/pipeline/describe-day.ts';
import { openStore } from '../../src/store/open-store.ts';
import { loopback, rootsAt } from '../arxiv/loopback-arxiv.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { aSubscription, aTarget } from '../builders/domain.ts';
import { calendar, holiday, nightAnswer, papersOf } from '../builders/night.ts';

const archives = ['cs.AI', 'cs.DC', 'cs'];
const minuteMs = 60_000;
const dates = ['2025-05-21', '2025-05-22', '2025-05-23', '2025-05-27', '2025-05-28', '2025-05-29', '2025-05-30'];

/** Who wants what. */
const wishes = [
  { target: '1001', query: '', categories: ['cs.DC'] },
  { target: '1002', query: '', categories: ['cs.AI'] },
  { target: '1003', query: '', categories: ['cs.DC', 'cs.AI'] },
  { target: '1004', query: 'needle', categories: [] },
];

let store: Store;
/** Reports that somebody read at some moments: the instant in New York, and what it said of cs.DC, cs.AI, cs. */
const reports = new Map<string, readonly string[]>();
/** What arXiv was asked for, each with the time in New York. */
const requests: string[] = [];
const clock = jumpingClock(at('2025-05-21 19:55'));

function at(time: string): number {
  return Temporal.PlainDateTime.from(time.replace(' ', 'T')).toZonedDateTime('America/New_York').epochMilliseconds;
}

async function report(date: string): Promise<string[]> {
  const said: string[] = [];
  for (const archive of archives) {
    const day = await store.days.get(archive, date);
    said.push(day === null ? 'unknown' : describeDay(day, { nowMs: clock.now(), ...calendar }));
  }
  return said;
}

beforeAll(async () => {
  const log = createLog('silent');
  store = await openStore('sqlite::memory:', { log });
  for (const { target, ...wish } of wishes) {
    await store.subscriptions.save(
      aSubscription({ id: `s${target}`, target, maxPapers: 100, ...wish }),
      aTarget({ id: target }),
    );
  }
  const { url } = await loopback((request, response) => {
    const path = request.url ?? '';
    const now = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO('America/New_York');
    requests.push(`${now.toPlainDate().toString()} ${now.toPlainTime().toString().slice(0, 5)} ${path}`);
    const { status = 200, headers, body } = nightAnswer(path, clock.now()) ?? { status: 404, body: 'Not found.' };
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  });
  const client = createArxivClient({
    clock,
    log,
    turns: createLocalTurns(clock),
    holder: 'night',
    random: () => 0.5,
    settings: {
      roots: rootsAt(url),
      minIntervalMs: 3_000,
      pageIntervalMs: 15_000,
      userAgent: 'Paperboy/test',
      timeoutMs: 60_000,
      maxBytes: 20_000_000,
    },
  });
  const tick = createCatchUp({
    store,
    knowledge: openKnowledge(store),
    clock,
    log,
    ...calendar,
    archives: async () => archives,
    readListing: createListingReader({ clock, log, client }),
    second: createSecondSource(client),
    pollMs: 10 * minuteMs,
  });
  /** Minute by minute while the pages come out. */
  const live = async (until: string, read: Record<string, string> = {}) => {
    while (clock.now() < at(until)) {
      for (const [time, date] of Object.entries(read)) {
        if (!reports.has(time) && clock.now() >= at(time)) reports.set(time, await report(date));
      }
      await tick();
      const hour = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO('America/New_York').hour;
      await clock.sleep(hour === 19 || hour === 20 ? minuteMs : 20 * minuteMs);
    }
  };
  await live('2025-05-22 19:00');
  await live('2025-05-23 12:00', {
    '2025-05-22 20:04': '2025-05-23',
    '2025-05-22 20:12': '2025-05-23',
    '2025-05-22 20:47': '2025-05-23',
    '2025-05-22 23:00': '2025-05-23',
    '2025-05-23 10:00': '2025-05-23',
  });
  await live('2025-05-26 12:00');
  // We are down for three days.
  await clock.sleep(at('2025-05-29 12:00') - clock.now());
  await live('2025-05-30 04:00');
}, 120_000);
afterAll(() => store.close());

describe('nights at arXiv', () => {
  it('announce every paper to everybody who wants it exactly once', async () => {
    const sent: string[] = [];
    await store.leases.take('worker', null, 'night');
    for (let claimed = 1; claimed > 0;) {
      const batch = await store.deliveries.claim({ sender: 'night', nowMs: clock.now() + 86_400_000, limit: 100 });
      claimed = batch.length;
      for (const { id, target, papers } of batch) {
        sent.push(...papers.map(({ paper }) => `${target} ${paper}`));
        await store.deliveries.settle('night', id, { kind: 'sent', messageId: id }, clock.now());
      }
    }
    const wanted = dates.flatMap((date) => [
      ...papersOf('cs.DC', date).flatMap(({ id }) => [`1001 ${id}`, `1003 ${id}`]),
      ...papersOf('cs.AI', date).flatMap(({ id }) => [`1002 ${id}`, `1003 ${id}`]),
      ...papersOf('cs', date).flatMap(({ id, title }) => (title === 'A needle' ? [`1004 ${id}`] : [])),
    ]);
    expect(sent.toSorted()).toEqual([...new Set(wanted)].toSorted());
    expect(sent.filter((one) => one.startsWith('1004 '))).toHaveLength(3);
  });

  it('are reported in words, whatever they bring', () => {
    expect(reports.get('2025-05-22 20:04')?.[1]).toBe('Fri 23 May: expected from 20:05 ET');
    expect(reports.get('2025-05-22 20:12')?.[1]).toBe(
      'Fri 23 May: late by 7 min, last try 20:05 ET: still Thursday’s page',
    );
    expect(reports.get('2025-05-22 20:47')?.[1]).toMatch(/^Fri 23 May: partial, 3 of 5 papers, last try 20:\d\d ET$/);
    expect(reports.get('2025-05-22 23:00')?.[1]).toMatch(/^Fri 23 May: complete, 5 of 5 papers, posted 20:5\d ET$/);
    expect(reports.get('2025-05-23 10:00')).toEqual([
      expect.stringMatching(/^Fri 23 May: complete, 4 of 4 papers, posted 20:5\d ET, the feed is of another day$/),
      expect.stringMatching(/^Fri 23 May: complete, 5 of 5 papers, posted 20:5\d ET, the feed agrees$/),
      expect.stringMatching(/^Fri 23 May: complete, 2100 of 2100 papers, posted 20:5\d ET, the feed is cut$/),
    ]);
  });

  it('are reported in words after an outage of ours, and on a holiday', async () => {
    expect(await report(holiday)).toEqual(archives.map(() => 'Mon 26 May: no announcement that day'));
    expect(await report('2025-05-27')).toEqual(
      [4, 5, 1].map((count) =>
        expect.stringMatching(`^Tue 27 May: complete, ${count} of ${count} papers, posted Thu 29 May 12:0\\d ET$`),
      ),
    );
    expect((await report('2025-05-29'))[1]).toMatch(
      /^Thu 29 May: complete, 5 of 5 papers, posted Thu 29 May 12:0\d ET/,
    );
  });

  it('ask arXiv for no more than they need', () => {
    const asked = (pattern: RegExp) => requests.filter((request) => pattern.test(request)).length;
    // A look every ten minutes while the page is late, the tries after 503, and the second page of cs.
    expect(asked(/^2025-05-22 2\d:\d\d \/list\//)).toBeLessThan(30);
    expect(asked(/\/catchup\//)).toBe(archives.length * 3);
    expect(asked(/^2025-05-23 \d\d:\d\d \/rss\/cs(?:\.DC)?$/)).toBe(2);
    // The stale feed is looked at again, ever more seldom.
    expect(asked(/^2025-05-23 \d\d:\d\d \/rss\/cs\.AI$/)).toBeLessThanOrEqual(5);
    expect(requests.some((request) => /2025-05-2[456] .*\/(list|catchup)/.test(request))).toBe(false);
  });
});
