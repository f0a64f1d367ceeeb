/*
 * A month of mornings in minutes: is every listing read, every post there once and at its hour, and does memory stay flat?
 *
 *   node bench/month.ts [--days 31] [--rate 2000]
 *
 * A real worker whose clock runs faster, a loopback arXiv with a generated listing for every working day, a local Discord without limits.
 * What came is held against what the generator knows, and against the hours in the database. Prints the tables of bench/README.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { announcementsUntil } from '../src/arxiv/calendar.ts';
import { arxivAt } from '../tests/builders/arxiv-at.ts';
import { startLocalDiscord } from './shared/local-discord.ts';
import { startLoopbackArxiv } from './shared/loopback-arxiv.ts';
import { monthsSubscriptions } from './shared/months-subscriptions.ts';
import { judgePosts, judgeTimes, readMonth } from './shared/read-month.ts';
import type { Sample } from './shared/read-month.ts';
import { memoryTrend, monthTable } from './shared/month-table.ts';
import { mostResidentMb, processorSeconds, residentMb } from './shared/usage.ts';
import { plainEnvironment, runVerb, startVerb } from './shared/verbs.ts';

const { values } = parseArgs({
  options: { days: { type: 'string', default: '31' }, rate: { type: 'string', default: '2000' } },
});
const rate = Number(values.rate);
const startMs = Date.parse('2026-03-01T12:00:00Z');
const endMs = startMs + Number(values.days) * 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'paperboy-month-'));
const plain = {
  ...plainEnvironment(),
  DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}`,
  PORT: '0',
  LOG_LEVEL: 'warn',
};
const subscriptions = monthsSubscriptions();
const channels = subscriptions.map(({ channel }) => channel);
const file = join(folder, 'subscriptions.json');
writeFileSync(file, JSON.stringify(subscriptions.map(({ topics: _topics, ...subscription }) => subscription)));
await runVerb(['subscriptions', 'import', file], plain);

const discord = await startLocalDiscord(['--limits', 'off', '--guilds', String(channels.length)], plain);
const startedReal = performance.now();
/** When the worker was ready: its clock started a moment before. */
let readyReal = Infinity;
const nowMs = () => startMs + Math.floor(Math.max(0, performance.now() - readyReal) * rate);
const arxiv = await startLoopbackArxiv(nowMs);
try {
  const worker = await startVerb(['start', '--role', 'worker'], {
    ...plain,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.api,
    ...arxivAt(arxiv.url),
    ARXIV_MIN_INTERVAL_MS: '50',
    ARXIV_PAGE_INTERVAL_MS: '50',
    PAPERBOY_NOW: new Date(startMs).toISOString(),
    PAPERBOY_CLOCK_RATE: String(rate),
  });
  readyReal = performance.now();
  const samples: Sample[] = [];
  for (let dayMs = startMs + 86_400_000; dayMs <= endMs; dayMs += 86_400_000) {
    await sleep((dayMs - nowMs()) / rate);
    samples.push({ atMs: dayMs, memoryMb: residentMb(worker.pid) });
    process.stderr.write(`${new Date(dayMs).toISOString().slice(0, 10)}: ${samples.at(-1)?.memoryMb.toFixed(0)} MB\n`);
  }
  const usage = { processorS: processorSeconds(worker.pid), mostMb: mostResidentMb(worker.pid) };
  await worker.stop();

  const month = await readMonth(plain.DATABASE_URL, subscriptions);
  const listings = announcementsUntil(endMs, { after: '2026-02-26', holidays: [] });
  const posts = await discord.posts(channels);
  const minutes = (performance.now() - startedReal) / 60_000;
  print(
    `${values.days} days in ${minutes.toFixed(1)} minutes (rate ${rate}); ${arxiv.requests.length} pages were read.`,
  );
  print(monthTable(month, samples));
  print(memoryTrend(samples));
  print(`Most memory ever ${usage.mostMb.toFixed(0)} MB; ${usage.processorS.toFixed(0)} s of processor time.`);
  print(judgePosts(posts, subscriptions, listings, month, endMs));
  print(judgeTimes(month));
} finally {
  arxiv.close();
  await discord.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

function print(text: string): void {
  process.stdout.write(`${text}\n\n`);
}
