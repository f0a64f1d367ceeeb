/*
 * How long after `npm start` is the first post there, and how much memory does the idle bot take?
 *
 *   node bench/start.ts [RUNS]
 *
 * Each run has a new database and free ports. Prints the lines of the table in bench/README.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** Of what `start` prints, the local Discord's part. */
const readySchema = z.object({
  sandbox: z.object({
    api: z.string(),
    token: z.string(),
    channels: z.array(z.object({ id: z.string() })),
  }),
});
type Sandbox = z.infer<typeof readySchema>['sandbox'];

const messagesSchema = z.array(z.object({ embeds: z.array(z.unknown()) }));

/** Seconds from the spawn to the first post, and megabytes (10⁶ bytes) of the bot's process half a minute later. */
type Run = { readonly firstPostS: number; readonly idleMb: number };

const idleAfterMs = 30_000;
const giveUpAfterMs = 60_000;

async function measure(): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  const startedAt = performance.now();
  const npm = spawn('npm', ['start'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...environment(), DATABASE_URL: `sqlite:${join(folder, 'paperboy.db')}`, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a process group of its own, to find the bot in and to end as a whole
  });
  const ended = once(npm, 'exit');
  const group = npm.pid;
  if (group === undefined) throw new Error('npm could not be started');
  try {
    const sandbox = await Promise.race([readySandbox(npm.stdout), ended.then(() => null)]);
    if (sandbox === null) throw new Error('npm start ended before it was ready');
    await firstPost(sandbox, startedAt + giveUpAfterMs);
    const firstPostS = (performance.now() - startedAt) / 1000;
    await sleep(idleAfterMs);
    return { firstPostS, idleMb: residentMb(botProcess(group)) };
  } finally {
    // The whole group, for npm alone would leave the bot to end later than its folder.
    if (npm.exitCode === null) process.kill(-group, 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Ours without what would lead the demo elsewhere. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DISCORD|ARXIV|PAPERBOY|DATABASE|npm)_/.test(name)),
  );
}

/** Reads the one line of JSON; npm writes lines of its own before it. */
async function readySandbox(stdout: NodeJS.ReadableStream): Promise<Sandbox> {
  for await (const line of createInterface({ input: stdout })) {
    if (line.startsWith('{')) return readySchema.parse(JSON.parse(line)).sandbox;
  }
  throw new Error('npm start printed no line of JSON');
}

async function firstPost({ api, token, channels }: Sandbox, untilMs: number): Promise<void> {
  while (performance.now() < untilMs) {
    for (const { id } of channels) {
      const answer = await fetch(`${api}/v10/channels/${id}/messages`, { headers: { authorization: `Bot ${token}` } });
      if (answer.status === 429) continue;
      if (!answer.ok) throw new Error(`the local Discord answered ${answer.status}`);
      const messages = messagesSchema.parse(await answer.json());
      if (messages.some(({ embeds }) => embeds.length > 0)) return;
    }
    await sleep(20);
  }
  throw new Error(`no post after ${giveUpAfterMs / 1000} s`);
}

/** The process id of `node src/main.ts start` in a process group: not npm, its shell, or the local Discord. */
function botProcess(group: number): number {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const words = readFile(`/proc/${entry}/cmdline`).split('\0');
    // Fields after the name, which stands in brackets and may hold blanks: state, parent, group.
    const [, , ownGroup] = readFile(`/proc/${entry}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ');
    const isBot = words.some((word, index) => word === 'src/main.ts' && words[index + 1] === 'start');
    if (isBot && Number(ownGroup) === group) return Number(entry);
  }
  throw new Error('the bot’s process was not found in /proc');
}

/** Empty for a process that ended meanwhile. */
function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function residentMb(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error(`/proc/${pid}/status tells no VmRSS`);
  return (Number(kibibytes) * 1024) / 1e6;
}

function row(question: string, values: readonly number[], unit: string, digits: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = NaN, middle = NaN, high = NaN] = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const show = (value: number) => value.toFixed(digits);
  return `| ${question} | ${show(middle)} ${unit} | ${show(low)} to ${show(high)} ${unit} | ${values.length} |`;
}

const wanted = Number(process.argv[2] ?? 5);
const runs: Run[] = [];
while (runs.length < wanted) {
  const run = await measure();
  runs.push(run);
  process.stderr.write(`run ${runs.length}: ${run.firstPostS.toFixed(2)} s, ${run.idleMb.toFixed(0)} MB\n`);
}
process.stdout.write(
  [
    '| | median | range | runs |',
    '| --- | --- | --- | --- |',
    row(
      '`npm start` to the first post',
      runs.map(({ firstPostS }) => firstPostS),
      's',
      2,
    ),
    row(
      'memory (RSS) of the idle bot',
      runs.map(({ idleMb }) => idleMb),
      'MB',
      0,
    ),
    '',
  ].join('\n'),
);
