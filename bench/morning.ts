/*
 * What does a morning cost where many subscribe and the archive is filled?
 *
 *   node bench/morning.ts STREAM.jsonl[.gz] [SUBSCRIPTIONS]
 *
 * The first 20,000 papers of the file are the archive; the next 1,000, and the 1,000 after them, are listings of two days. Half of the
 * subscriptions (1,000) are queries of two words of a title each, half are interests of a whole title. Prints for each day wall and CPU time,
 * the longest block of the event loop, and memory: on the first day everything is learned, on the second it is known.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openKnowledge } from '../src/app/open-knowledge.ts';
import { calendarWith } from '../src/arxiv/calendar-with.ts';
import type { Listing } from '../src/domain/listing.ts';
import type { AnnouncedPaper } from '../src/domain/paper.ts';
import { subscriptionSchema } from '../src/domain/subscription.ts';
import { createLog } from '../src/lib/log.ts';
import { isStopWord } from '../src/text/stop-words.ts';
import { announce } from '../src/pipeline/announce.ts';
import { openStore } from '../src/store/open-store.ts';
import { readStream } from './shared/read-stream.ts';

const [file = '', count = '1000'] = process.argv.slice(2);
const archived = 20_000;
const ofDay = 1_000;
const log = createLog('warn');
const folder = mkdtempSync(join(tmpdir(), 'paperboy-morning-'));
const store = await openStore(`sqlite:${join(folder, 'paperboy.db')}`, { log, searchesAside: true });
try {
  const papers: AnnouncedPaper[] = [];
  for await (const paper of readStream(file)) {
    papers.push(paper);
    if (papers.length === archived + 2 * ofDay) break;
  }
  for (let from = 0; from < archived; from += 1_000) {
    const batch = papers.slice(from, from + 1_000);
    await store.papers.backfill(batch.map(({ paper, date }) => ({ paper, announced: date ?? '2025-01-01' })));
  }
  const step = Math.floor(archived / Number(count));
  for (let number = 0; number < Number(count); number += 1) {
    const paper = papers[number * step]?.paper;
    const words = (paper?.title.match(/[A-Za-z]{4,}/gu) ?? []).filter((word) => !isStopWord(word.toLowerCase()));
    const [first = 'graph', second = 'network'] = words;
    const wish = number % 2 === 0 ? { query: `${first} OR ${second}` } : { interests: words.join(' '), perDay: 5 };
    const subscription = subscriptionSchema.parse({ id: `s${number}`, categories: ['cs.*'], ...wish });
    await store.subscriptions.save(
      {
        ...subscription,
        target: String(number),
        style: 'digest',
        hour: null,
        quiet: null,
        zone: 'UTC',
        createdBy: null,
        createdAt: 0,
      },
      { id: String(number), kind: 'channel', guildId: '1', userId: null, state: 'active', pausedReason: null },
    );
  }
  const deps = {
    store,
    knowledge: openKnowledge(store),
    clock: { now: Date.now },
    log,
    ...calendarWith({ holidays: [], reachDays: 7 }),
  };
  for (const [day, date] of ['2026-11-19', '2026-11-20', '2026-11-23'].entries()) {
    const from = archived + Math.min(day, 1) * ofDay;
    // The third day has the papers of the second under other names.
    const listing = listingOf(date, papers.slice(from, from + ofDay), day === 2 ? 'v' : '');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const cpu = process.cpuUsage();
    const started = performance.now();
    delay.enable();
    const { matches, deliveries } = await announce(listing, null, deps);
    delay.disable();
    const { user, system } = process.cpuUsage(cpu);
    const line = {
      date,
      matches,
      deliveries,
      wallS: round((performance.now() - started) / 1_000),
      cpuS: round((user + system) / 1e6),
      longestBlockMs: Math.round(delay.max / 1e6),
      rssMb: Math.round(process.memoryUsage().rss / 1e6),
      heapMb: Math.round(process.memoryUsage().heapUsed / 1e6),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}

function listingOf(date: string, papers: readonly AnnouncedPaper[], suffix: string): Listing {
  const entries = papers.map(({ paper }) => {
    const primary = paper.categories[0] ?? 'cs.LG';
    return { ...paper, id: `${paper.id}${suffix}`, primary, kind: 'new' as const, crossFrom: null };
  });
  return { source: 'html', archive: 'cs', date, complete: true, sections: [], entries };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
