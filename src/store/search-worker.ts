import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { AppError, messageOf } from '../lib/errors.ts';
import { connectDatabase } from './open-database.ts';
import type { SearchCall, SearchReply } from './search-thread.ts';
import { createSearches } from './searches.ts';
import type { Searches } from './searches.ts';

/*
 * The thread that searches (src/store/search-thread.ts): a connection of its own, one search after the other. It never writes.
 */
const { url, busyTimeoutMs } = z.object({ url: z.string(), busyTimeoutMs: z.number() }).parse(workerData);
let opening: Promise<Searches> | null = null;

/** Opened with the first search; where that failed, as it does while a server restarts, the next search tries again. */
async function opened(): Promise<Searches> {
  opening ??= connectDatabase(url, busyTimeoutMs).then(({ db, name }) => createSearches(db, name));
  try {
    return await opening;
  } catch (error) {
    opening = null;
    throw error;
  }
}

async function answer({ id, asked }: SearchCall): Promise<SearchReply> {
  try {
    const { search, similar, nearest } = await opened();
    switch (asked.for) {
      case 'search':
        return { id, found: await search(asked.request) };
      case 'similar':
        return { id, similar: await similar(asked.id, asked.limit) };
      default:
        return { id, similar: await nearest(asked.terms, asked.limit) };
    }
  } catch (error) {
    return { id, failed: { code: error instanceof AppError ? error.code : null, message: messageOf(error) } };
  }
}

parentPort?.on('message', (call: SearchCall) => {
  void answer(call).then((reply) => parentPort?.postMessage(reply, []));
});
