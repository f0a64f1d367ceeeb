import { createServer } from 'node:http';

/** What a test's API answers; `hang up` cuts the connection without an answer. */
export type LocalAnswer =
  | { readonly status: number; readonly json: unknown; readonly headers?: Record<string, string> }
  | { readonly status: number; readonly html: string }
  | 'hang up';

export type LocalRequest = { readonly method: string; readonly path: string; readonly body: unknown };

/** An HTTP server on loopback in place of Discord's API, for answers that a well-behaved one would never give. */
export async function startLocalApi(
  answer: (request: LocalRequest, count: number) => LocalAnswer,
): Promise<{ readonly apiUrl: string; readonly requests: readonly LocalRequest[]; close: () => Promise<void> }> {
  const requests: LocalRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const body: unknown = text === '' ? null : JSON.parse(text);
      const request = { method: incoming.method ?? '', path: incoming.url ?? '', body };
      requests.push(request);
      const given = answer(request, requests.length);
      if (given === 'hang up') {
        incoming.socket.destroy();
        return;
      }
      const isHtml = 'html' in given;
      const headers = 'headers' in given ? given.headers : {};
      outgoing.writeHead(given.status, { 'content-type': isHtml ? 'text/html' : 'application/json', ...headers });
      outgoing.end(isHtml ? given.html : JSON.stringify(given.json));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listening on no port');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
