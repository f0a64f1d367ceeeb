/*
 * How long does it take to make TeX readable, and how much of it is?
 *
 *   node bench/tex.ts [--abstracts 20000] [--file ../shared/data/stream.jsonl.gz] [--passes 3]
 *
 * The first so many titles and abstracts of real papers, read into memory first, then made readable: each pass in a process of its own.
 * Prints JSON: the median pass, and of the distinct formulas of those texts the share in which no TeX is left.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { readable } from '../src/text/tex.ts';
import { formulasOf, showsTex } from '../tests/text/formulas.ts';

const { values } = parseArgs({
  options: {
    abstracts: { type: 'string', default: '20000' },
    /** JSONL, gzipped: objects with `title` and `abstract`. */
    file: { type: 'string', default: '../shared/data/stream.jsonl.gz' },
    passes: { type: 'string', default: '3' },
    /** Only one pass, in this process; prints its seconds. */
    pass: { type: 'boolean', default: false },
  },
});
const abstractCount = Number(values.abstracts);
const paper = z.object({ title: z.string(), abstract: z.string() });

const texts: string[] = [];
const lines = createInterface({ input: createReadStream(values.file).pipe(createGunzip()), crlfDelay: Infinity });
for await (const line of lines) {
  const { title, abstract } = paper.parse(JSON.parse(line));
  texts.push(title, abstract);
  if (texts.length >= 2 * abstractCount) break;
}

if (values.pass) {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  for (const text of texts) readable(text);
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(
    JSON.stringify({ seconds: (performance.now() - startedAt) / 1_000, cpu: (user + system) / 1e6 }),
  );
} else {
  const own = fileURLToPath(import.meta.url);
  const passes = Array.from({ length: Number(values.passes) }, () => {
    const pass = spawnSync(process.execPath, [own, ...process.argv.slice(2), '--pass'], { encoding: 'utf8' });
    if (pass.status !== 0) throw new Error(`a pass ended with ${pass.status}: ${pass.stderr}`);
    return z.object({ seconds: z.number(), cpu: z.number() }).parse(JSON.parse(pass.stdout));
  });
  const seconds = median(passes.map((pass) => pass.seconds));
  const formulas = [...formulasOf(texts)];
  const left = formulas.filter(showsTex);
  const report = {
    abstracts: texts.length / 2,
    seconds: rounded(seconds),
    cpuSeconds: rounded(median(passes.map((pass) => pass.cpu))),
    passes: passes.map((pass) => rounded(pass.seconds)),
    perSecond: Math.round(texts.length / 2 / seconds),
    formulas: formulas.length,
    shareClean: Number((1 - left.length / formulas.length).toFixed(4)),
    left: left.length,
    leftBySetBraces: left.filter((formula) => /\\[{}]|\\[lr]brace/.test(formula)).length,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
