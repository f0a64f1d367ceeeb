import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';
import { silentLog } from '../store/store-builders.ts';
import { loopback } from './loopback-arxiv.ts';

const minIntervalMs = 60;
const pageIntervalMs = 150;

type Seen = { readonly path: string; readonly pid: number; readonly atMs: number; open: number };

/** An arXiv that takes a while for every answer, and notes when it was asked and how many asked at once; for some paths it never answers. */
async function slowArxiv() {
  const seen: Seen[] = [];
  let open = 0;
  const hung = Promise.withResolvers<number>();
  const { url } = await loopback((request, response) => {
    open += 1;
    const pid = Number(request.headers['user-agent']);
    seen.push({ path: request.url ?? '', pid, atMs: performance.now(), open });
    response.on('close', () => (open -= 1));
    if (request.url === '/rss/hangs') return hung.resolve(pid);
    setTimeout(() => response.end('ok'), 20);
  });
  return { url, seen, hung: hung.promise };
}

/** Starts a process that asks for `paths`; its exit code, or the signal that ended it. */
function startAsker(databaseUrl: string, root: string, rate: number, paths: readonly string[]) {
  const intervals = [String(minIntervalMs), String(pageIntervalMs)];
  const child = spawn(
    process.execPath,
    ['tests/arxiv/asker.ts', databaseUrl, root, String(rate), ...intervals, ...paths],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => code ?? signal);
  return { ended, kill: () => child.kill('SIGKILL') };
}

/** In real milliseconds, from one to the next. */
function gaps(seen: readonly Seen[]): number[] {
  return seen.slice(1).map(({ atMs }, index) => atMs - (seen[index]?.atMs ?? 0));
}

describe.each(databaseKinds)('createInTurn, in processes that share a database on %s', (kind) => {
  async function database(): Promise<string> {
    const url = await temporaryDatabase(kind);
    await (await openStore(url, { log: silentLog })).close();
    return url;
  }

  it('asks one at a time and never sooner than the intervals, whatever the clock of each', async () => {
    const databaseUrl = await database();
    const { url, seen } = await slowArxiv();
    const paths = Array.from({ length: 8 }, (_, index) => (index % 3 === 0 ? `/list/cs/${index}` : `/rss/${index}`));
    const askers = [1, 5_000, 0.5].map((rate) => startAsker(databaseUrl, url, rate, paths));
    expect(await Promise.all(askers.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    expect(seen).toHaveLength(24);
    expect(new Set(seen.map(({ pid }) => pid)).size).toBe(3);
    expect(Math.max(...seen.map(({ open }) => open))).toBe(1);
    // The database counts whole milliseconds.
    expect(Math.min(...gaps(seen))).toBeGreaterThan(minIntervalMs - 1);
    const pages = seen.filter(({ path }) => path.startsWith('/list/'));
    expect(Math.min(...gaps(pages))).toBeGreaterThan(pageIntervalMs - 1);
  });

  it('goes on at once when a process is killed in the middle of a request', async () => {
    const databaseUrl = await database();
    const { url, seen, hung } = await slowArxiv();
    const killed = startAsker(databaseUrl, url, 1, ['/rss/hangs']);
    await hung;
    const next = startAsker(databaseUrl, url, 1, ['/rss/next']);
    killed.kill();
    expect(await killed.ended).toBe('SIGKILL');
    // Its turn would have lapsed after 70 s, and the test's time would be up.
    expect(await next.ended).toBe(0);
    expect(seen.map(({ path }) => path)).toEqual(['/rss/hangs', '/rss/next']);
  });
});
