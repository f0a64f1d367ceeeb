import { Hono } from 'hono';
import type { createInvalidRequests } from './invalid-requests.ts';
import type { createRateLimits } from './rate-limits.ts';
import type { createRequestLog } from './request-log.ts';

/** What requests have used up, and the log of them. */
export function controlLimits(deps: {
  readonly limits: ReturnType<typeof createRateLimits>;
  readonly invalidRequests: ReturnType<typeof createInvalidRequests>;
  readonly requestLog: ReturnType<typeof createRequestLog>;
}): Hono {
  const routes = new Hono();
  const view = () => ({ mode: deps.limits.mode, ...deps.invalidRequests.view() });
  routes.get('/limits', (context) => context.json(view()));
  routes.delete('/limits', (context) => {
    deps.limits.clear();
    deps.invalidRequests.clear();
    return context.json(view());
  });
  routes.get('/log', (context) => context.body(deps.requestLog.json(), 200, { 'content-type': 'application/json' }));
  return routes;
}
