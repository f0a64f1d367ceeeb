/*
 * How fast does a snapshot come into the archive, and does memory stay flat?
 *
 *   node bench/import.ts FILE [--copies 1] [--postgres]
 *
 * FILE in JSON Lines, packed by gzip (../shared/data/stream.jsonl.gz), so many times over, with other identifiers in every further copy.
 * `backfill --jsonl` imports it as a process of its own; prints a row, then how much memory it had in every eighth of its time. On Linux.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { startPostgres } from '../tests/builders/postgres.ts';
import { mostResidentMb, processorSeconds, residentMb } from './shared/usage.ts';
import { plainEnvironment, runVerb } from './shared/verbs.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { copies: { type: 'string', default: '1' }, postgres: { type: 'boolean', default: false } },
});
const [original = '../shared/data/stream.jsonl.gz'] = positionals;
const copies = Number(values.copies);
const printedSchema = z.object({ papers: z.int(), added: z.int(), seconds: z.number() });

/** Every line in so many copies; the first is the line itself. Each copy is of the whole file, as snapshots are ordered. */
async function* copiedLines(): AsyncGenerator<string> {
  for (let copy = 0; copy < copies; copy += 1) {
    const lines = createInterface({ input: createReadStream(original).pipe(createGunzip()), crlfDelay: Infinity });
    for await (const line of lines) {
      yield copy === 0 ? `${line}\n` : `${line.replace(/"id": ?"([^"]*)"/, `"id": "$1c${copy}"`)}\n`;
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'paperboy-import-'));
const server = values.postgres ? await startPostgres() : null;
try {
  const file = copies === 1 ? original : join(folder, 'copies.jsonl.gz');
  if (copies > 1) await pipeline(Readable.from(copiedLines()), createGzip({ level: 1 }), createWriteStream(file));
  const url = server ? await server.createDatabase() : `sqlite:${join(folder, 'paperboy.db')}`;
  const env = { ...plainEnvironment(), DATABASE_URL: url, LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, ['src/main.ts', 'backfill', '--jsonl', file], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const memory: number[] = [];
  let cpuSeconds = 0;
  let most = 0;
  const watch = setInterval(() => {
    try {
      memory.push(residentMb(child.pid ?? 0));
      most = mostResidentMb(child.pid ?? 0);
      cpuSeconds = processorSeconds(child.pid ?? 0);
    } catch {
      // It has just ended.
      clearInterval(watch);
    }
  }, 250);
  await once(child, 'close');
  clearInterval(watch);
  const { papers, added, seconds } = printedSchema.parse(JSON.parse(printed));
  const size = server === null ? `${Math.round(statSync(join(folder, 'paperboy.db')).size / 1e6)} MB` : '–';
  const perSecond = Math.round(papers / seconds);
  process.stdout.write(
    `| ${papers.toLocaleString('en')} | ${server ? 'PostgreSQL' : 'SQLite'} | ${seconds} s | ${perSecond.toLocaleString('en')}/s | ${Math.round(cpuSeconds)} s | ${Math.round(most)} MB | ${size} |\n`,
  );
  const eighths = Array.from({ length: 8 }, (_, eighth) => {
    const part = memory.slice((eighth * memory.length) / 8, ((eighth + 1) * memory.length) / 8);
    return Math.round(Math.max(0, ...part));
  });
  process.stdout.write(`added ${added}; most memory in each eighth of the time, MB: ${eighths.join(', ')}\n`);
  const search = await runVerb(['search', 'diffusion model', '--limit', '1'], env);
  process.stdout.write(`search: ${search.slice(0, 60)}\n`);
} finally {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
}
