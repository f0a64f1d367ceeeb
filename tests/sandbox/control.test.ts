import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runListening } from './listening-sandbox.ts';
import { logIn, openGateway, runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

describe('what the page reads', () => {
  it('is the world as it stands', async () => {
    const sandbox = await runSandbox();
    await logIn(sandbox);
    expect((await sandbox.control('GET', '/state')).body).toMatchObject({
      guilds: [
        {
          name: 'Systems Reading Group',
          channels: expect.arrayContaining([
            expect.objectContaining({ name: 'workflows', topic: expect.stringMatching(/\.$/) }),
          ]),
        },
      ],
      users: [{ role: 'admin' }, { role: 'member' }, { role: 'outsider' }],
      bot: { name: 'Paperboy' },
      commands: [],
    });
  });

  it('follows as it happens, each person their own', async () => {
    const { sandbox, hear } = await runListening();
    const mika = await follow(sandbox, 'Mika');
    const ada = await follow(sandbox, 'Ada');
    await hear({ command: 'alert list' });
    const id = (await mika()).message?.id;
    expect(await ada()).toMatchObject({ type: 'message', channel: sandbox.general, message: { content: 'x' } });
    await sandbox.api('PATCH', `/channels/${sandbox.general}/messages/${id}`, { content: 'y' });
    expect(await mika()).toMatchObject({ type: 'message_update', message: { content: 'y' } });
    await sandbox.api('DELETE', `/channels/${sandbox.general}/messages/${id}`);
    expect(await mika()).toEqual({ type: 'message_delete', channel: sandbox.general, id });
    await sandbox.api('POST', '/users/@me/channels', { recipient_id: sandbox.userId('Mika') });
    expect(await mika()).toMatchObject({ type: 'dm', recipient: { username: 'mika' } });
  });

  it('tells when the bot comes and when it goes, not of its second connection', async () => {
    const sandbox = await runSandbox();
    const next = await follow(sandbox, 'Ada');
    const isConnected = async () =>
      (await sandbox.control<{ isBotConnected: boolean }>('GET', '/state')).body.isBotConnected;
    const logInBare = async () => {
      const gateway = openGateway(sandbox);
      await gateway.next();
      gateway.identify();
      expect(await gateway.next()).toMatchObject({ t: 'READY' });
      return gateway;
    };
    const first = await logInBare();
    expect([await next(), await isConnected()]).toEqual([{ type: 'world' }, true]);
    await logInBare();
    first.socket.close(1000);
    await first.closed;
    const sent = await sandbox.api<{ id: string }>('POST', `/channels/${sandbox.general}/messages`, { content: 'x' });
    expect(await next()).toMatchObject({ type: 'message', message: { id: sent.body.id } });
    // The other one goes dead without a word.
    await sandbox.control('POST', '/gateway', { close: 'half-open' });
    expect([await next(), await isConnected()]).toEqual([{ type: 'world' }, false]);
  });

  it('lets go of a reader that leaves too much unread', async () => {
    const sandbox = await runSandbox();
    const { hostname, port } = new URL(sandbox.ready.control);
    const socket = connect(Number(port), hostname);
    onTestFinished(() => void socket.destroy());
    socket.write('GET /control/events HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'readable');
    const body = {
      content: 'x'.repeat(2_000),
      embeds: [{ description: 'x'.repeat(4_000), footer: { text: 'x'.repeat(1_900) } }],
    };
    const path = `/channels/${sandbox.general}/messages`;
    for (let n = 0; n < 2_000; n += 100) {
      await Promise.all(Array.from({ length: 100 }, () => sandbox.api('POST', path, body)));
    }
    let text = '';
    for await (const chunk of socket) {
      text = text.slice(-5) + String(chunk);
      // The end of a chunked body.
      if (text.endsWith('0\r\n\r\n')) break;
    }
    expect(text).toMatch(/0\r\n\r\n$/);
  }, 60_000);

  it('is closed to pages from elsewhere, and answers nonsense with a sentence', async () => {
    const sandbox = await runSandbox();
    expect((await sandbox.control('GET', '/state', undefined, { origin: 'https://example.org' })).status).toBe(403);
    expect(
      (await sandbox.control('GET', '/state', undefined, { origin: new URL(sandbox.ready.page).origin })).status,
    ).toBe(200);
    for (const body of ['{', '[]', 'null', '7', '{"user":1}']) {
      expect(await sandbox.control('POST', '/interactions', body)).toMatchObject({
        status: 400,
        body: { message: expect.any(String) },
      });
    }
    expect((await sandbox.control('GET', '/nothing')).status).toBe(404);
    expect((await sandbox.control('GET', '/events?user=Eve')).status).toBe(404);
  });
});

type Told = { type?: string; message?: { id: string } };

/** A reader of the event stream: each call gives the next event. */
async function follow(sandbox: RunningSandbox, user: string) {
  const response = await fetch(`${sandbox.ready.control}/events?user=${user}`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (): Promise<Told> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (block.startsWith('data: ')) return JSON.parse(block.slice('data: '.length));
        if (block.startsWith(': hello')) return {};
        continue;
      }
      const chunk = await reader?.read();
      if (chunk?.value === undefined) throw new Error('the stream of events ended');
      text += chunk.value;
    }
  };
  // The greeting says that whatever happens from now on is heard.
  await next();
  return next;
}
