import { describe, expect, it } from 'vitest';
import { readApiWindows } from '../../src/arxiv/api-windows.ts';
import type { ApiPage } from '../../src/arxiv/parse-api.ts';
import { aPaper } from '../builders/domain.ts';

const dayMs = 24 * 60 * 60_000;
const startMs = Date.parse('2025-01-01');

type Asked = { readonly from: number; readonly until: number; readonly start: number; readonly query: string };

/** An API with papers submitted at these times, and what it was asked. */
function apiWith(
  submitted: readonly number[],
  change: (page: ApiPage, asked: Asked, count: number) => ApiPage = (page) => page,
) {
  const asked: Asked[] = [];
  const readPage = async (path: string): Promise<ApiPage> => {
    const parameters = new URL(path, 'http://a').searchParams;
    const query = parameters.get('search_query') ?? '';
    const [from = 0, until = 0] = (/\[(\d+) TO (\d+)\]/.exec(query)?.slice(1) ?? []).map((text) =>
      Date.parse(text.replace(/(....)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5Z')),
    );
    const start = Number(parameters.get('start'));
    asked.push({ from, until, start, query });
    const found = submitted.flatMap((ms, index) => (ms >= from && ms < until + 60_000 ? [String(index)] : []));
    const slice = found.slice(start, start + Number(parameters.get('max_results')));
    const entries = slice.map((id) => ({ ...aPaper({ id }), kind: 'new' as const, crossFrom: null }));
    const page: ApiPage = {
      listing: { source: 'api', archive: 'cs.DC', date: '2025-06-01', complete: null, sections: [], entries },
      total: found.length,
      start,
      submitted: new Map(),
    };
    return change(page, asked.at(-1) ?? { from, until, start, query }, asked.length);
  };
  return { asked, readPage };
}

async function collect(api: ReturnType<typeof apiWith>, days: number, category = 'cs.DC') {
  const ids = new Set<string>();
  const done: number[] = [];
  const request = { category, fromMs: startMs, untilMs: startMs + days * dayMs };
  for await (const { page, doneMs } of readApiWindows(request, api.readPage)) {
    for (const { id } of page.listing.entries) ids.add(id);
    done.push((doneMs - startMs) / dayMs);
  }
  return { ids, done };
}

const times = (count: number, days: number) =>
  Array.from({ length: count }, (_, index) => startMs + Math.floor((index * days * dayMs) / count));

describe('readApiWindows', () => {
  it('reads slice after slice, and says that a window is done behind its last', async () => {
    const api = apiWith(times(4_500, 20));
    const { ids, done } = await collect(api, 20);
    expect(ids.size).toBe(4_500);
    expect(api.asked.map(({ start }) => start)).toEqual([0, 2_000, 4_000]);
    expect(done).toEqual([0, 0, 20]);
    expect(api.asked[0]?.query).toBe('cat:cs.DC AND submittedDate:[202501010000 TO 202501210000]');
  });

  it('halves a window that holds more than arXiv gives, and loses nothing at its borders', async () => {
    const api = apiWith(times(25_000, 30));
    const { ids } = await collect(api, 30);
    expect(ids.size).toBe(25_000);
  });

  it('takes longer windows where there is little', async () => {
    const api = apiWith(times(100, 3_650));
    expect((await collect(api, 3_650)).ids.size).toBe(100);
    expect(api.asked.length).toBeLessThan(10);
  });

  it('begins a window again whose total changes between slices', async () => {
    const api = apiWith(times(4_500, 20), (page, _asked, count) =>
      count === 2 ? { ...page, total: page.total + 1 } : page,
    );
    expect((await collect(api, 20)).ids.size).toBe(4_500);
    expect(api.asked.map(({ start }) => start)).toEqual([0, 2_000, 0, 2_000, 4_000]);
  });

  it('gives up a window that gives less than it declares', async () => {
    const api = apiWith(times(10, 20), (page) => ({ ...page, total: 11 }));
    await expect(collect(api, 20)).rejects.toThrow(
      /papers of cs\.DC from 202501010000 on cannot be read: its answers contradict one another, 3 times/,
    );
  });

  it('asks for all categories of an archive', async () => {
    const api = apiWith([]);
    await collect(api, 1, 'cs');
    expect(api.asked[0]?.query).toMatch(/^cat:cs\.\* AND/);
  });
});
