import { Hono } from 'hono';
import { z } from 'zod';
import { readBody, readJson } from './control-body.ts';
import { faultSchema } from './faults.ts';
import type { createFaults } from './faults.ts';
import type { Gateway } from './gateway.ts';
import { gatewayTroubles } from './gateway-trouble.ts';
import type { createInvalidRequests } from './invalid-requests.ts';
import type { createRateLimits } from './rate-limits.ts';
import type { createRequestLog } from './request-log.ts';

/** Codes that a WebSocket may be closed with: Discord's own, and the two that end a session for good. */
const gatewaySchema = z.object({
  close: z.union([z.enum(gatewayTroubles), z.literal([1000, 1001]), z.int().min(3000).max(4999)], {
    error: `must be ${gatewayTroubles.join(', ')}, 1000, 1001 or a code from 3000 to 4999`,
  }),
  /** Only the sessions of this shard; all where it is left out. */
  shard: z.int().min(0).optional(),
});

/** Trouble on demand, and what came of it: faults, breaks of the gateway, the limits, the log of requests. */
export function controlTrouble(deps: {
  readonly gateway: Gateway;
  readonly faults: ReturnType<typeof createFaults>;
  readonly limits: ReturnType<typeof createRateLimits>;
  readonly invalidRequests: ReturnType<typeof createInvalidRequests>;
  readonly requestLog: ReturnType<typeof createRequestLog>;
}): Hono {
  const { gateway, faults, requestLog } = deps;
  const routes = new Hono();
  routes.get('/faults', (context) => context.json({ faults: faults.list() }));
  routes.post('/faults', async (context) => {
    faults.order(readBody(faultSchema, await readJson(context.req.raw)));
    return context.json({ faults: faults.list() });
  });
  routes.delete('/faults', (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  routes.post('/gateway', async (context) => {
    const { close, shard } = readBody(gatewaySchema, await readJson(context.req.raw));
    return context.json({ connections: gateway.disturb(close, shard ?? null) });
  });
  routes.get('/limits', (context) => context.json({ mode: deps.limits.mode, ...deps.invalidRequests.view() }));
  routes.delete('/limits', (context) => {
    deps.limits.clear();
    deps.invalidRequests.clear();
    return context.json({ mode: deps.limits.mode, ...deps.invalidRequests.view() });
  });
  routes.get('/log', (context) => context.body(requestLog.json(), 200, { 'content-type': 'application/json' }));
  return routes;
}
