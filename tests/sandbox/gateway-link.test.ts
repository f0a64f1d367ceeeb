import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLog } from '../../src/lib/log.ts';
import { plainText } from '../../src/sandbox/gateway-compression.ts';
import { createGatewayLink } from '../../src/sandbox/gateway-link.ts';
import type { GatewayLink } from '../../src/sandbox/gateway-link.ts';

/** Both ends of one WebSocket; `received` hears what the client says. */
async function linked(received: (bytes: Buffer) => void = () => undefined) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await once(server, 'listening');
  const opened = new Promise<{ link: GatewayLink; closed: Promise<number> }>((resolve) => {
    server.on('connection', (socket, request) => {
      const closed = new Promise<number>((close) => {
        const hear = { received, closed: close };
        const link = createGatewayLink(socket, request.socket, plainText, hear, { log: createLog('silent') });
        queueMicrotask(() => resolve({ link, closed }));
      });
    });
  });
  const address = server.address();
  const client = new WebSocket(`ws://127.0.0.1:${typeof address === 'object' ? String(address?.port) : ''}`);
  client.on('error', () => undefined);
  onTestFinished(() => client.terminate());
  return { client, ...(await opened) };
}

describe('createGatewayLink', () => {
  it('cuts off a client that leaves 64 MB unread', async () => {
    const { client, link, closed } = await linked();
    client.pause();
    const megabyte = 'x'.repeat(1024 * 1024);
    let sent = 0;
    while (link.isOpen() && sent < 1_000) {
      link.send(megabyte);
      sent += 1;
    }
    expect(sent).toBeGreaterThanOrEqual(64);
    expect(sent).toBeLessThan(1_000);
    expect([link.isOpen(), await closed]).toEqual([false, 1006]);
  });

  it('closes when a payload makes the sandbox fail, and nothing else happens', async () => {
    const { client, closed } = await linked(() => {
      throw new Error('a bug');
    });
    await once(client, 'open');
    client.send('x');
    expect([(await once(client, 'close'))[0], await closed]).toEqual([4000, 4000]);
  });
});
