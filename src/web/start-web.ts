import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { AppError } from '../lib/errors.ts';

export type Health = {
  readonly healthy: boolean;
  readonly discord: string;
  readonly database: string;
  /** What the outbox holds; null where the database does not answer. */
  readonly deliveries: { readonly pending: number; readonly sent: number; readonly dead: number } | null;
};

/**
 * Serves `GET /healthz`: 200 while healthy, else 503, with a word on each part.
 *
 * @param options.port 0 for any free one
 * @throws AppError('port-taken')
 */
export async function startWeb(options: {
  readonly host: string;
  readonly port: number;
  readonly health: () => Promise<Health>;
}): Promise<{ readonly url: string; close(): Promise<void> }> {
  const app = new Hono();
  app.get('/healthz', async (context) => {
    const health = await options.health();
    return context.json(health, health.healthy ? 200 : 503);
  });
  const { host, port } = options;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      resolve({
        url: `http://${host}:${address.port}`,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            // A half-sent request must not hold up the end.
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const reason = taken
        ? 'is taken; free it or choose another PORT (the demo takes two, the page on PORT and health on the next)'
        : `cannot be opened (${error.message})`;
      reject(new AppError('port-taken', `health: port ${port} on ${host} ${reason}`, { cause: error }));
    });
  });
}
