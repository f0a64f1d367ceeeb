import { Hono } from 'hono';
import { z } from 'zod';
import { readBody, readJson } from './control-body.ts';
import type { Gateway } from './gateway.ts';
import { gatewayTroubles } from './gateway-trouble.ts';

const body = z.object({
  /** Also codes that a WebSocket may be closed with: Discord's own, and the two that end a session for good. */
  close: z.union([z.enum(gatewayTroubles), z.literal([1000, 1001]), z.int().min(3000).max(4999)], {
    error: `must be ${gatewayTroubles.join(', ')}, 1000, 1001 or a code from 3000 to 4999`,
  }),
  /** Only the sessions of this shard; all where it is left out. */
  shard: z.int().min(0).optional(),
});

/** Breaks of the gateway on demand. */
export function controlGateway({ gateway }: { readonly gateway: Gateway }): Hono {
  const routes = new Hono();
  routes.post('/gateway', async (context) => {
    const { close, shard } = readBody(body, await readJson(context.req.raw));
    return context.json({ connections: gateway.disturb(close, shard ?? null) });
  });
  return routes;
}
