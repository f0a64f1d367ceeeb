import { Worker } from 'node:worker_threads';
import type { NearestTerm, QueryError, SearchPage, SearchRequest, SimilarPaper } from '../domain/search.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Result } from '../lib/result.ts';
import type { Searches } from './searches.ts';

/** What the thread is asked, and what it answers. */
export type SearchCall = {
  readonly id: number;
  readonly asked:
    | { readonly for: 'search'; readonly request: SearchRequest }
    | { readonly for: 'similar'; readonly id: string; readonly limit: number }
    | { readonly for: 'nearest'; readonly terms: readonly NearestTerm[]; readonly limit: number };
};
export type SearchReply =
  | { readonly id: number; readonly found: Result<SearchPage, QueryError> }
  | { readonly id: number; readonly similar: readonly SimilarPaper[] }
  | { readonly id: number; readonly failed: { readonly code: string | null; readonly message: string } };

/** Real milliseconds. A search takes hundredths of a second; one behind several others, or on a machine without any time to spare, longer. */
const longestSearchMs = 30_000;
/** A thread that nobody asks anything ends, and what it holds of the index goes with it. */
const idleMs = 3 * 60_000;
/** Of JavaScript's own objects; what is read of the index lies beside them. */
const heapMb = 256;
/** Small, so that what was read is given back soon: lists of words live outside of the heap, and for a search alone. */
const youngMb = 6;

type Waiting = { readonly answer: (reply: SearchReply) => void; readonly fail: (error: Error) => void };

/**
 * Searches on a thread of their own, with a connection of their own, so that a search never keeps the bot from anything else. The thread
 * begins with the first search and ends when there was none for three minutes; one that died is begun anew.
 *
 * @param options.longestMs real milliseconds a search may take, all that was asked before it included
 * @throws (each search) AppError('search-ended') where it took longer, or the thread died
 */
export function createSearchThread(
  database: { readonly url: string; readonly busyTimeoutMs: number },
  options: { readonly longestMs?: number } = {},
): Searches & { close(): Promise<void> } {
  const longestMs = options.longestMs ?? longestSearchMs;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(new URL('./search-worker.ts', import.meta.url), {
      workerData: database,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb },
    });
    started.on('message', (reply: SearchReply) => waiting.get(reply.id)?.answer(reply));
    started.on('error', (error) => end(started, `the thread that searches failed (${messageOf(error)}): search again`));
    started.on('exit', () => end(started, 'the thread that searches ended: search again'));
    return started;
  }

  /** Everybody who waits hears of it; the next search begins another thread. */
  function end(ended: Worker, found: string): void {
    if (worker !== ended) return;
    worker = null;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { fail } of left) fail(new AppError('search-ended', `search: ${found}`));
  }

  async function ask(asked: SearchCall['asked']): Promise<SearchReply> {
    clearTimeout(idle);
    worker ??= start();
    const current = worker;
    // It keeps the process running as long as somebody waits for it.
    current.ref();
    lastId += 1;
    const id = lastId;
    const { promise, resolve, reject } = Promise.withResolvers<SearchReply>();
    waiting.set(id, { answer: resolve, fail: reject });
    const tooLong = setTimeout(() => {
      end(
        current,
        `it took longer than ${longestMs / 1_000} seconds and was stopped: use fewer words, or more letters before a *`,
      );
      void current.terminate();
    }, longestMs);
    try {
      current.postMessage({ id, asked } satisfies SearchCall, []);
      return await promise;
    } finally {
      clearTimeout(tooLong);
      waiting.delete(id);
      if (waiting.size === 0) rest(current);
    }
  }

  function rest(current: Worker): void {
    current.unref();
    clearTimeout(idle);
    idle = setTimeout(() => void stop(), idleMs).unref();
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const ended = worker;
    if (ended === null) return;
    end(ended, 'it was stopped, for the bot stops: search again later');
    await ended.terminate();
  }

  return {
    search: async (request) => {
      const reply = await ask({ for: 'search', request });
      return 'found' in reply ? reply.found : failed(reply);
    },
    similar: async (id, limit) => {
      const reply = await ask({ for: 'similar', id, limit });
      return 'similar' in reply ? reply.similar : failed(reply);
    },
    nearest: async (terms, limit) => {
      const reply = await ask({ for: 'nearest', terms, limit });
      return 'similar' in reply ? reply.similar : failed(reply);
    },
    close: stop,
  };
}

function failed(reply: SearchReply): never {
  if (!('failed' in reply)) throw new Error('store: the thread that searches answered something else');
  const { code, message } = reply.failed;
  throw code === null ? new Error(message) : new AppError(code, message);
}
