/*
 * How fast do posts go out to many channels under Discord's real limits, and is anything refused?
 *
 *   node bench/load.ts [--channels 5000] [--papers 1] [--latency 0] [--settled 0] [--parallel N] [--postgres]
 *
 * A local Discord with real limits, a database with one subscription for each of its servers, one listing taken in, and then the worker,
 * each a process of its own. Every post is counted where it arrived. Prints one line of the table in bench/README.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadSettings } from '../src/config/load-settings.ts';
import { syntheticGuilds } from '../src/sandbox/world.ts';
import { startPostgres } from '../tests/builders/postgres.ts';
import { arxivAt } from '../tests/builders/arxiv-at.ts';
import { fillHistory } from './shared/history.ts';
import { startLocalDiscord } from './shared/local-discord.ts';
import type { Post } from './shared/local-discord.ts';
import { mostResidentMb, processorSeconds } from './shared/usage.ts';
import { plainEnvironment, runVerb, startVerb } from './shared/verbs.ts';

const { values } = parseArgs({
  options: {
    channels: { type: 'string', default: '5000' },
    /** Messages a channel; the seed has 7 papers that are new and 15 that are cross-listed. */
    papers: { type: 'string', default: '1' },
    /** Milliseconds that an answer of Discord is late. */
    latency: { type: 'string', default: '0' },
    /** Posts of the past in the database. */
    settled: { type: 'string', default: '0' },
    /** Channels posted to at the same time, where not as by default. */
    parallel: { type: 'string' },
    /** On a PostgreSQL of its own, that does not sync its files, and not in an SQLite file, that does. */
    postgres: { type: 'boolean', default: false },
  },
});
const channelCount = Number(values.channels);
const papersEach = Number(values.papers);
const latencyMs = Number(values.latency);

const listingFile = 'seeds/cs.DC-2025-05-23.txt';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-load-'));
const settingsFile = join(folder, 'settings.yaml');
writeFileSync(settingsFile, values.parallel === undefined ? '{}' : `delivery: {parallelChannels: ${values.parallel}}`);
const { requestsPerSecond, parallelChannels } = loadSettings(settingsFile).delivery;
const server = values.postgres ? await startPostgres() : null;
const env = {
  ...plainEnvironment(),
  DATABASE_URL: server ? await server.createDatabase() : `sqlite:${join(folder, 'paperboy.db')}`,
  PAPERBOY_CONFIG: settingsFile,
  PORT: '0',
  // Nobody is there: the listing comes from a file.
  ...arxivAt('http://127.0.0.1:9'),
  ARXIV_PAGE_INTERVAL_MS: '3600000',
  LOG_LEVEL: 'warn',
};
const discord = await startLocalDiscord(['--limits', 'real', '--guilds', String(channelCount)], env);
try {
  const channels = await subscribeAll();
  if (Number(values.settled) > 0) await fillHistory(env.DATABASE_URL, Number(values.settled));
  const queued = z
    .object({ deliveries: z.int() })
    .parse(JSON.parse(await runVerb(['ingest', listingFile], env))).deliveries;
  say(`${queued} posts for ${channels.length} channels are queued`);
  await discord.delay(latencyMs);

  const bot = { ...env, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api };
  const worker = await startVerb(['start', '--role', 'worker'], bot);
  const sandboxBefore = processorSeconds(discord.pid);
  const { refused } = await drained(worker.ready);
  const usage = { processorS: processorSeconds(worker.pid), memoryMb: mostResidentMb(worker.pid) };
  const sandboxS = processorSeconds(discord.pid) - sandboxBefore;
  await worker.stop();
  const posts = await discord.posts(channels);
  say(`the local Discord used ${sandboxS.toFixed(0)} s of processor time meanwhile`);
  report(posts, queued, refused, usage);
} finally {
  await discord.stop();
  await server?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

/** One subscription for the first channel of each server. */
async function subscribeAll(): Promise<string[]> {
  const subscriptions = syntheticGuilds(channelCount).map(({ id, channels: [channel] }, at) => ({
    id: `load-${at}`,
    guild: id,
    channel: channel?.id ?? '',
    style: 'cards',
    categories: ['cs.DC'],
    kinds: ['new', 'cross', 'replace', 'replace-cross'],
    maxPapers: papersEach,
  }));
  const file = join(folder, 'subscriptions.json');
  writeFileSync(file, JSON.stringify(subscriptions));
  await runVerb(['subscriptions', 'import', file], env);
  return subscriptions.map(({ channel }) => channel);
}

/** Waits until nothing is open any more; how many requests were refused meanwhile. */
async function drained(ready: unknown): Promise<{ refused: number }> {
  const { health } = z.object({ health: z.string() }).parse(ready);
  const healthSchema = z.object({ deliveries: z.object({ pending: z.int(), dead: z.int() }) });
  let refused = 0;
  /** Of the history. */
  let deadBefore: number | undefined;
  // Not often: counting a long history holds the worker up for a tenth of a second.
  for (let shown = performance.now(); ; await sleep(5_000)) {
    const { deliveries } = healthSchema.parse(await (await fetch(health)).json());
    refused = Math.max(refused, await discord.refused());
    deadBefore ??= deliveries.dead;
    if (deliveries.dead > deadBefore) throw new Error(`${deliveries.dead - deadBefore} posts were given up`);
    if (deliveries.pending === 0) return { refused };
    if (performance.now() - shown < 15_000) continue;
    say(`${deliveries.pending} to go, ${refused} refused`);
    shown = performance.now();
  }
}

function report(
  posts: readonly Post[],
  queued: number,
  refused: number,
  usage: { readonly processorS: number; readonly memoryMb: number },
): void {
  const [first, last] = [posts[0], posts.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no post has arrived');
  const seconds = (last.atMs - first.atMs) / 1_000;
  const perSecond = (posts.length - 1) / seconds;
  const twice = posts.length - new Set(posts.map(({ channel, papers }) => `${channel} ${papers.join(' ')}`)).size;
  const cells = [
    `${channelCount} × ${papersEach}`,
    server ? 'PostgreSQL' : 'SQLite',
    `${latencyMs} ms`,
    `${parallelChannels}`,
    Number(values.settled).toLocaleString('en'),
    `${seconds.toFixed(1)} s`,
    `${perSecond.toFixed(2)}/s, ${((100 * perSecond) / requestsPerSecond).toFixed(1)} %`,
    `${mostInASecond(posts)}`,
    `${refused}`,
    `${twice} / ${queued - posts.length}`,
    `${usage.processorS.toFixed(0)} s`,
    `${usage.memoryMb.toFixed(0)} MB`,
  ];
  process.stdout.write(
    `| channels × messages | database | latency | in parallel | settled before | first to last | rate, of ${requestsPerSecond}/s | most in a second | 429 | twice / missing | CPU | memory |\n`,
  );
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

/** The most posts within any second, wherever it begins. */
function mostInASecond(posts: readonly Post[]): number {
  let most = 0;
  let from = 0;
  for (const [to, { atMs }] of posts.entries()) {
    while ((posts[from]?.atMs ?? atMs) <= atMs - 1_000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
