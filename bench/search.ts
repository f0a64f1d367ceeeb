/*
 * How fast is a search of an archive of 1,100,000 papers, and is its order exact BM25?
 *
 *   node bench/search.ts [--stream ../shared/data/stream.jsonl.gz] [--copies 14] [--database FILE] [--passes 3] [--check]
 *
 * Builds the archive (bench/shared/swapped-papers.ts), in a temporary folder, or in FILE, which is used again where it is there. Then asks
 * the 200 queries of bench/search-queries.txt for their first page, as the bot does: on a thread of its own, one after the other, one pass
 * to warm up and so many to measure. `--check` compares the first ten by `--rank bm25` with BM25 computed from the papers themselves, which
 * takes ten minutes. Prints JSON: milliseconds by kind of query, of time and of processor time (which tells more where others use the machine
 * too). On Linux.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DatedPaper } from '../src/domain/ports.ts';
import type { SearchPage, SearchRequest } from '../src/domain/search.ts';
import { createLog } from '../src/lib/log.ts';
import { openStore } from '../src/store/open-store.ts';
import { createSearchThread } from '../src/store/search-thread.ts';
import { exactBm25 } from './shared/exact-bm25.ts';
import { readPapers, swappedCopies } from './shared/swapped-papers.ts';
import { residentMb } from './shared/usage.ts';
import { plainEnvironment, runVerb } from './shared/verbs.ts';

const { values } = parseArgs({
  options: {
    stream: { type: 'string', default: '../shared/data/stream.jsonl.gz' },
    copies: { type: 'string', default: '14' },
    database: { type: 'string' },
    passes: { type: 'string', default: '3' },
    check: { type: 'boolean', default: false },
  },
});
/** One search. */
type Measured = { readonly kind: string; readonly query: string; readonly ms: number; readonly cpuMs: number };

const papersAtOnce = 1_000;
const busyTimeoutMs = 15_000;

const queries = readFileSync(new URL('search-queries.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [kind = '', query = ''] = line.split('\t');
    return { kind, query };
  });

const folder = values.database === undefined ? mkdtempSync(join(tmpdir(), 'paperboy-search-')) : null;
const path = values.database ?? join(folder ?? '', 'paperboy.db');
const url = `sqlite:${path}`;
try {
  const built = existsSync(path) ? null : await build();
  const before = residentMb(process.pid);
  const thread = createSearchThread({ url, busyTimeoutMs });
  const search = async (request: SearchRequest): Promise<SearchPage> => {
    const page = await thread.search(request);
    if (!page.ok) throw new Error(`${request.query}: ${page.error.message}`);
    return page.value;
  };
  const startedAt = performance.now();
  await search({ query: queries[0]?.query ?? '' });
  const firstMs = performance.now() - startedAt;
  for (const { query } of queries) await search({ query });
  const measured: Measured[] = [];
  for (let pass = 0; pass < Number(values.passes); pass += 1) {
    for (const { kind, query } of queries) {
      const asked = performance.now();
      const used = process.cpuUsage();
      await search({ query });
      const { user, system } = process.cpuUsage(used);
      measured.push({ kind, query, ms: performance.now() - asked, cpuMs: (user + system) / 1_000 });
    }
  }
  const threadMb = residentMb(process.pid) - before;
  const pages = await Promise.all(queries.map(({ query }) => search({ query, rank: 'bm25' })));
  await thread.close();

  const asked = performance.now();
  await runVerb(['search', 'graph neural network', '--limit', '10'], { ...plainEnvironment(), DATABASE_URL: url });
  const coldMs = performance.now() - asked;
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  const byKind = (figure: (each: Measured) => number) =>
    Object.fromEntries(kinds.map((kind) => [kind, figures(measured.filter((each) => each.kind === kind).map(figure))]));
  const report = {
    queries: queries.length,
    ...(built === null ? {} : { built }),
    databaseMb: Math.round(statSync(path).size / 1e6),
    ms: { all: figures(measured.map(({ ms }) => ms)), ...byKind(({ ms }) => ms) },
    cpuMs: { all: figures(measured.map(({ cpuMs }) => cpuMs)), ...byKind(({ cpuMs }) => cpuMs) },
    slowest: measured
      .toSorted((a, b) => b.ms - a.ms)
      .slice(0, 5)
      .map(({ query, ms }) => `${query}: ${Math.round(ms)}`),
    firstSearchMs: Math.round(firstMs),
    freshProcessMs: Math.round(coldMs),
    threadMb: Math.round(threadMb),
    ...(values.check ? { bm25: await agreement(pages) } : {}),
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
}

async function build(): Promise<{ papers: number; perSecond: number }> {
  const store = await openStore(url, { log: createLog('silent'), busyTimeoutMs });
  let saving = 0;
  let papers = 0;
  const save = async (batch: readonly DatedPaper[]): Promise<void> => {
    const startedAt = performance.now();
    await store.papers.backfill(batch);
    saving += performance.now() - startedAt;
    papers += batch.length;
  };
  let batch: DatedPaper[] = [];
  for (const paper of swappedCopies(await readPapers(values.stream), Number(values.copies))) {
    batch.push(paper);
    if (batch.length < papersAtOnce) continue;
    await save(batch);
    batch = [];
  }
  await save(batch);
  await store.close();
  return { papers, perSecond: Math.round((papers / saving) * 1_000) };
}

function figures(measured: readonly number[]) {
  const sorted = measured.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), worst: at(1) };
}

/** For how many queries the first ten are those of exact BM25, in its order. */
async function agreement(pages: readonly SearchPage[]): Promise<{ equal: number; of: number; different: string[] }> {
  const exact = await exactBm25(
    path,
    queries.map(({ query }) => query),
    10,
  );
  const different = queries.flatMap(({ query }, index) => {
    const found = (pages[index]?.hits ?? []).map(({ paper }) => paper.id);
    return found.join() === (exact[index] ?? []).join() ? [] : [query];
  });
  return { equal: queries.length - different.length, of: queries.length, different };
}
