/*
 * How many entries a second does each parser read?
 *
 *   node bench/parse.ts [--fixtures ../shared/fixtures] [--seconds 2]
 *
 * The largest recorded document of each format, in memory, parsed again and again; each format in a process of its own. Prints a row
 * a format: the first reading of a fresh process, and the median of all that follow within so many seconds.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseListing } from '../src/arxiv/parse-listing.ts';

const { values } = parseArgs({
  options: {
    fixtures: { type: 'string', default: '../shared/fixtures' },
    seconds: { type: 'string', default: '2' },
    /** Only this document, in this process; prints what came of it. */
    only: { type: 'string' },
  },
});

const documents: Readonly<Record<string, string>> = {
  html: join(values.fixtures, 'html-2023/list_astro-ph_new.html'),
  text: 'seeds/cs.DC-2025-05-23.txt',
  rss: join(values.fixtures, 'rss/rss_math.xml'),
  atom: join(values.fixtures, 'rss/atom_cs.xml'),
  api: join(values.fixtures, 'api/q_testing_s0_m100_cfe7536492ca.xml'),
  oai: join(values.fixtures, 'oai/paged_math_limit60_p2.xml'),
  mail: join(values.fixtures, 'mail/astro-ph.new.txt'),
};

const passSchema = z.object({ entries: z.int(), bytes: z.int(), firstMs: z.number(), medianMs: z.number() });

if (values.only === undefined) {
  const own = fileURLToPath(import.meta.url);
  process.stdout.write('| format | entries | kB | first reading | then | entries a second |\n');
  process.stdout.write('| --- | --- | --- | --- | --- | --- |\n');
  for (const [format, file] of Object.entries(documents)) {
    const pass = spawnSync(process.execPath, [own, ...process.argv.slice(2), '--only', file], { encoding: 'utf8' });
    if (pass.status !== 0) throw new Error(`${format} ended with ${pass.status}: ${pass.stderr}`);
    const { entries, bytes, firstMs, medianMs } = passSchema.parse(JSON.parse(pass.stdout));
    const perSecond = Math.round((entries / medianMs) * 1_000).toLocaleString('en');
    process.stdout.write(
      `| ${format} | ${entries} | ${Math.round(bytes / 1_000)} | ${firstMs.toFixed(0)} ms | ${medianMs.toFixed(1)} ms | ${perSecond} |\n`,
    );
  }
} else {
  const bytes = readFileSync(values.only);
  const took: number[] = [];
  let entries = 0;
  const until = performance.now() + Number(values.seconds) * 1_000;
  while (took.length < 3 || performance.now() < until) {
    const startedAt = performance.now();
    ({ length: entries } = parseListing(bytes, { name: values.only }).entries);
    took.push(performance.now() - startedAt);
  }
  const [firstMs = 0, ...others] = took;
  const medianMs = others.toSorted((a, b) => a - b)[Math.floor(others.length / 2)] ?? Number.NaN;
  process.stdout.write(JSON.stringify({ entries, bytes: bytes.length, firstMs, medianMs }));
}
