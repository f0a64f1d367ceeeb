import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach } from 'vitest';
import { createArxivSource } from '../../src/arxiv/client.ts';
import { createPageReader } from '../../src/arxiv/page-reader.ts';
import type { PageDeps } from '../../src/arxiv/page-reader.ts';
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

/**
 * A loopback arXiv that answers by path, unknown paths with 404, and both readers of it. They share the clock, not the queue.
 *
 * @param options.root path of the site's root
 * @param options.wait how the clock sleeps, where jumping will not do
 */
export async function arxiv(
  answers: Record<string, Answer>,
  options: { timeoutMs?: number; maxBytes?: number; root?: string; wait?: Clock['sleep'] } = {},
) {
  const requests: { url: string; userAgent: string | undefined }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', userAgent: request.headers['user-agent'] });
    const answer = answers[request.url ?? ''] ?? says(404, errorPage('404'));
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const clock = jumpingClock();
  const deps: PageDeps = {
    clock: options.wait === undefined ? clock : { ...clock, sleep: options.wait },
    log: createLog('silent'),
    settings: {
      baseUrl: `http://127.0.0.1:${address.port}${options.root ?? ''}`,
      pageIntervalMs: 15_000,
      userAgent: 'Paperboy/test (mailto:me@example.org)',
      timeoutMs: options.timeoutMs ?? 10_000,
      maxBytes: options.maxBytes ?? 5_000_000,
    },
  };
  const read = createArxivSource(deps);
  return {
    readListing: async (...asked: Parameters<typeof read>) => (await read(...asked)).listing,
    readPage: createPageReader(deps),
    requests,
    clock,
    close: () => server.close(),
  };
}

export function says(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
}
