import { Hono } from 'hono';
import { readBody, readJson } from './control-body.ts';
import { faultSchema } from './faults.ts';
import type { createFaults } from './faults.ts';

/** Answers of REST that go wrong on demand. */
export function controlFaults({ faults }: { readonly faults: ReturnType<typeof createFaults> }): Hono {
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
  return routes;
}
