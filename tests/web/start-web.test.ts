import { describe, expect, it } from 'vitest';
import { startWeb } from '../../src/web/start-web.ts';

const deliveries = { pending: 0, due: 0, sent: 3, dead: 0 };
const well = { healthy: true, discord: 'connected', database: 'open', deliveries };

describe('startWeb', () => {
  it('tells health, and by its status what a container platform should make of it', async () => {
    let healthy = true;
    const web = await startWeb({ host: '127.0.0.1', port: 0, health: async () => ({ ...well, healthy }) });
    const first = await fetch(`${web.url}/healthz`);
    expect([first.status, await first.json()]).toEqual([200, well]);
    healthy = false;
    expect((await fetch(`${web.url}/healthz`)).status).toBe(503);
    await web.close();
  });

  it('says which port is taken and what to do', async () => {
    const web = await startWeb({ host: '127.0.0.1', port: 0, health: async () => well });
    const port = Number(new URL(web.url).port);
    await expect(startWeb({ host: '127.0.0.1', port, health: async () => well })).rejects.toThrow(
      `health: port ${port} on 127.0.0.1 is taken; free it or choose another PORT`,
    );
    await web.close();
  });
});
