import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

export type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: string };

/** An arXiv on the loopback, all its hosts in one. */
export type NightArxiv = {
  readonly url: string;
  /** Paths in the order they were asked for, each with the minute in UTC: `00:05 /list/cs.DC/new`. */
  readonly requests: readonly string[];
};

/** @param script what a path answers at an instant, epoch milliseconds; null for 404 */
export async function startNightArxiv(
  script: (path: string, nowMs: number) => Answer | null,
  nowMs: () => number,
): Promise<NightArxiv> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(`${new Date(nowMs()).toISOString().slice(11, 16)} ${path}`);
    const { status = 200, headers, body } = script(path, nowMs()) ?? { status: 404, body: 'Not found.' };
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the loopback arXiv has no port');
  return { url: `http://127.0.0.1:${address.port}`, requests };
}
