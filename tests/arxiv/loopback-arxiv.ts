import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { createArxivClient } from '../../src/arxiv/client.ts';
import type { ArxivDeps } from '../../src/arxiv/client.ts';
import { createListingReader } from '../../src/arxiv/listing-reader.ts';
import { createLocalTurns } from '../../src/arxiv/local-turns.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { jumpingClock } from '../builders/clocks.ts';
import { errorPage } from './listing-html.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server on loopback that ends with the test; its address. */
export async function loopback(answer: Answer): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, close: () => server.close() };
}

/** All four sources at one root. */
export function rootsAt(root: string): ArxivDeps['settings']['roots'] {
  return { page: root, rss: root, api: root, oai: root };
}

/**
 * A loopback arXiv that answers by path, unknown paths with 404, and a client and a reader of its listings, whose back-off is the longest.
 *
 * @param options.root path of the site's root
 * @param options.wait how the clock sleeps, where jumping will not do
 * @param options.deps what is to be otherwise with the client
 */
export async function arxiv(
  answers: Record<string, Answer>,
  options: {
    readonly timeoutMs?: number;
    readonly maxBytes?: number;
    readonly root?: string;
    readonly wait?: Clock['sleep'];
    readonly deps?: Partial<ArxivDeps>;
  } = {},
) {
  const requests: { url: string; userAgent: string | undefined }[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const { url, close } = await loopback((request, response) => {
    requests.push({ url: request.url ?? '', userAgent: request.headers['user-agent'] });
    headers.push(request.headers);
    const answer = answers[request.url ?? ''] ?? says(404, errorPage('404'));
    answer(request, response);
  });
  const jumping = jumpingClock();
  const clock = options.wait === undefined ? jumping : { ...jumping, sleep: options.wait };
  const deps: ArxivDeps = {
    clock,
    log: createLog('silent'),
    turns: createLocalTurns(clock),
    holder: 'test',
    random: () => 1,
    settings: {
      roots: rootsAt(`${url}${options.root ?? ''}`),
      minIntervalMs: 3_000,
      pageIntervalMs: 15_000,
      userAgent: 'Paperboy/test (mailto:me@example.org)',
      timeoutMs: options.timeoutMs ?? 10_000,
      maxBytes: options.maxBytes ?? 5_000_000,
    },
    ...options.deps,
  };
  const client = createArxivClient(deps);
  const read = createListingReader({ clock, log: deps.log, client });
  return {
    readListing: async (...asked: Parameters<typeof read>) => (await read(...asked)).listing,
    client,
    deps,
    requests,
    headers,
    clock: jumping,
    close,
  };
}

export function says(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}
