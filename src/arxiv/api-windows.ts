import { AppError } from '../lib/errors.ts';
import type { ApiPage } from './parse-api.ts';
import { categories } from './taxonomy.ts';

/** Papers of a category by the time of their submission: `from` until before `until`, epoch milliseconds at full minutes, GMT. */
export type ApiRequest = { readonly category: string; readonly fromMs: number; readonly untilMs: number };

/** A page, and the time before which all that was submitted has come: epoch milliseconds. */
export type ApiStep = { readonly page: ApiPage; readonly doneMs: number };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What arXiv gives at once, and of one query in all: its manual says 30,000, its code 10,000 (2026). */
const sliceSize = 2_000;
const mostOfAWindow = 10_000;
const firstWindowMs = 32 * dayMs;
const triesOfAWindow = 3;

/**
 * All papers of a category that were submitted in a span of time, asked of the export API window by window: each so short that arXiv gives
 * all of it, halved where it holds more, longer again where it holds little. A window whose total changes from slice to slice, or which gives
 * fewer papers than it declares, is begun again.
 *
 * Windows share the minute between them, for arXiv does not say whether a span ends before or after it: its papers come twice.
 *
 * @param readPage asks for a path of the API
 * @throws AppError('arxiv-unavailable') where a window stays contradictory
 */
export async function* readApiWindows(
  { category, fromMs, untilMs }: ApiRequest,
  readPage: (path: string) => Promise<ApiPage>,
): AsyncGenerator<ApiStep> {
  let start = fromMs;
  let spanMs = firstWindowMs;
  let tries = 0;
  while (start < untilMs) {
    const end = Math.min(start + spanMs, untilMs);
    const found = yield* readWindow({ category, fromMs: start, untilMs: end }, readPage);
    if (found === 'too-many') {
      if (end - start <= minuteMs) throw contradictory(category, start, 'a single minute holds more than arXiv gives');
      spanMs = Math.max(minuteMs, Math.floor((end - start) / 2 / minuteMs) * minuteMs);
    } else if (found === 'changed') {
      tries += 1;
      if (tries >= triesOfAWindow)
        throw contradictory(category, start, `its answers contradict one another, ${tries} times`);
    } else {
      tries = 0;
      start = end;
      if (found < sliceSize) spanMs *= 2;
    }
  }
}

/** Returns how many papers there were; only the last step of a window says that it is done. */
async function* readWindow(
  window: ApiRequest,
  readPage: (path: string) => Promise<ApiPage>,
): AsyncGenerator<ApiStep, number | 'too-many' | 'changed'> {
  const ids = new Set<string>();
  let total: number | null = null;
  do {
    const page: ApiPage = await readPage(pathOf(window, ids.size));
    if (page.total > mostOfAWindow) return 'too-many';
    if (page.start !== ids.size || (total !== null && page.total !== total)) return 'changed';
    total = page.total;
    const before = ids.size;
    for (const { id } of page.listing.entries) ids.add(id);
    // A slice without anything new: what follows has moved.
    if (ids.size === before && before < total) return 'changed';
    const isDone = ids.size >= total;
    yield { page, doneMs: isDone ? window.untilMs : window.fromMs };
  } while (ids.size < total);
  return total;
}

function pathOf({ category, fromMs, untilMs }: ApiRequest, start: number): string {
  const pattern = categories.has(category.toLowerCase()) ? category : `${category}.*`;
  const query = new URLSearchParams({
    search_query: `cat:${pattern} AND submittedDate:[${minuteOf(fromMs)} TO ${minuteOf(untilMs)}]`,
    start: String(start),
    max_results: String(sliceSize),
    sortBy: 'submittedDate',
    sortOrder: 'ascending',
  });
  return `/api/query?${query.toString()}`;
}

/** `202505230000`, GMT. */
function minuteOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replaceAll(/[-T:]/g, '');
}

function contradictory(category: string, startMs: number, problem: string): AppError {
  return new AppError(
    'arxiv-unavailable',
    `arxiv: the API's papers of ${category} from ${minuteOf(startMs)} on cannot be read: ${problem}; try again later, or with --source oai`,
  );
}
