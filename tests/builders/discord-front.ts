import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What stands before Discord's API and can refuse by itself, with a page and no JSON, as Cloudflare does. */
export type DiscordFront = {
  /** Root of the API as seen through it. */
  readonly api: string;
  /** The next `count` posts do not come through. */
  refuse(status: 403 | 429, count: number): void;
  close(): void;
};

/** Puts one before the API at `api`. */
export async function standBefore(api: string): Promise<DiscordFront> {
  const refusals: (403 | 429)[] = [];
  const server = createServer((incoming, outgoing) => {
    const status = incoming.method === 'POST' ? refusals.shift() : undefined;
    if (status === undefined) return passOn(incoming, outgoing, new URL(api).origin);
    incoming.resume();
    outgoing.writeHead(status, { 'content-type': 'text/html', ...(status === 429 ? { 'retry-after': '1' } : {}) });
    outgoing.end('<!doctype html><title>Attention Required! | Cloudflare</title><p>error code: 1015');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the front listens on no port');
  return {
    api: `http://127.0.0.1:${address.port}${new URL(api).pathname}`,
    refuse: (status, count) => refusals.push(...Array.from({ length: count }, () => status)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, origin: string): void {
  const { method, url, headers } = incoming;
  const onward = request(`${origin}${url ?? ''}`, { method, headers: { ...headers, host: new URL(origin).host } });
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  // Whatever happens to one side is to happen to the other.
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
