/*
 * How fast does the index of subscriptions match a day's papers?
 *
 *   npm run -s bench:match -- --subscriptions FILE --papers FILE [--limit N]
 *
 * FILE: JSON Lines, plain or gzipped; `--limit`: only the first so many subscriptions. Prints one line of JSON: `{"subscriptions",
 * "papers", "buildMs", "matchMs", "matches", "ratePerSecond", "peakRssMb"}`, the median of three fresh processes by `matchMs`; each makes
 * the first pass over the papers, in one thread. All of it is the code that the bot runs.
 *
 * - `buildMs`: from subscriptions as objects to an index that is ready: queries read, categories and authors read, all of them added.
 *   They come in batches of a thousand, and reading the file between batches is not counted.
 * - `matchMs`: from papers as objects to the subscriptions of each: cut into words, stemmed, matched; before it no paper was touched.
 * - `matches`: pairs of a subscription and a paper. `ratePerSecond`: subscriptions × papers / `matchMs`.
 * With `--fts5`, also how SQLite's FTS5 does it, in each process after the index has matched: papers into a table with its porter tokenizer
 * (`fts5InsertMs`), each subscription a MATCH (`fts5QueryMs`), and what it finds (`fts5Matches`; without the exactness of acronyms).
 *
 * - `peakRssMb`: the most memory the process ever had (VmHWM), Node itself, reading the files, and the subscriptions' ids included.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { AnnouncedPaper } from '../src/domain/paper.ts';
import { paperLineSchema } from '../src/domain/paper.ts';
import { subscriptionSchema } from '../src/domain/subscription.ts';
import type { Subscription } from '../src/domain/subscription.ts';
import { readFilter } from '../src/match/compile.ts';
import { createSubscriptionIndex } from '../src/match/subscription-index.ts';
import type { QueryNode } from '../src/query/ast.ts';
import { parseQuery } from '../src/query/parse.ts';
import { fts5Matches } from './shared/fts5-matches.ts';
import { readLines } from './shared/read-lines.ts';

const { values } = parseArgs({
  options: {
    subscriptions: { type: 'string', default: '../shared/data/subscriptions-1m.jsonl.gz' },
    papers: { type: 'string', default: '../shared/data/day-1200.jsonl.gz' },
    limit: { type: 'string', default: 'Infinity' },
    fts5: { type: 'boolean', default: false },
    /** One pass, in this process. */
    once: { type: 'boolean', default: false },
  },
});

const passSchema = z.object({
  subscriptions: z.int(),
  papers: z.int(),
  buildMs: z.number(),
  matchMs: z.number(),
  matches: z.int(),
  ratePerSecond: z.number(),
  peakRssMb: z.number(),
  fts5InsertMs: z.number().optional(),
  fts5QueryMs: z.number().optional(),
  fts5Matches: z.int().optional(),
});
type Pass = z.infer<typeof passSchema>;

const processes = 3;
const batchSize = 1_000;

const answer = values.once ? await pass() : median(Array.from({ length: processes }, freshPass));
process.stdout.write(`${JSON.stringify(answer)}\n`);

async function pass(): Promise<Pass> {
  const index = createSubscriptionIndex();
  const ids: string[] = [];
  const queries: { query: QueryNode; categories: readonly string[] }[] = [];
  const limit = Number(values.limit);
  let buildMs = 0;
  let batch: Subscription[] = [];
  const build = (): void => {
    const startedAt = performance.now();
    for (const subscription of batch) {
      const filter = readFilter(subscription);
      if (filter.ok) ids[index.add(filter.value)] = subscription.id;
    }
    buildMs += performance.now() - startedAt;
    if (values.fts5) queries.push(...batch.flatMap(readable));
    batch = [];
  };
  let read = 0;
  for await (const line of readLines(values.subscriptions)) {
    if (read === limit) break;
    read += 1;
    batch.push(subscriptionSchema.parse(JSON.parse(line)));
    if (batch.length === batchSize) build();
  }
  build();

  const papers: AnnouncedPaper[] = [];
  for await (const line of readLines(values.papers)) papers.push(paperLineSchema.parse(JSON.parse(line)));
  let matches = 0;
  const startedAt = performance.now();
  for (const announced of papers) matches += index.match(announced).length;
  const matchMs = performance.now() - startedAt;

  return {
    subscriptions: ids.length,
    papers: papers.length,
    buildMs: tenths(buildMs),
    matchMs: tenths(matchMs),
    matches,
    ratePerSecond: Math.round((ids.length * papers.length * 1_000) / matchMs),
    peakRssMb: Math.round(peakRssKb() / 1024),
    ...(values.fts5 ? fts5(papers, queries) : {}),
  };
}

function fts5(
  papers: readonly AnnouncedPaper[],
  queries: Parameters<typeof fts5Matches>[1],
): Pick<Pass, 'fts5InsertMs' | 'fts5QueryMs' | 'fts5Matches'> {
  const { insertMs, queryMs, matches } = fts5Matches(
    papers.map(({ paper }) => paper),
    queries,
  );
  return { fts5InsertMs: tenths(insertMs), fts5QueryMs: tenths(queryMs), fts5Matches: matches };
}

function readable({ query, categories }: Subscription): { query: QueryNode; categories: readonly string[] }[] {
  const parsed = parseQuery(query);
  return parsed.ok ? [{ query: parsed.value, categories }] : [];
}

function tenths(milliseconds: number): number {
  return Math.round(10 * milliseconds) / 10;
}

/** A pass in a process of its own. */
function freshPass(): Pass {
  const own = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [own, ...process.argv.slice(2), '--once'], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`a pass ended with ${child.status}: ${child.stderr}`);
  return passSchema.parse(JSON.parse(child.stdout));
}

function median(passes: readonly Pass[]): Pass | undefined {
  return passes.toSorted((a, b) => a.matchMs - b.matchMs)[Math.floor(passes.length / 2)];
}

function peakRssKb(): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
}
