import { once } from 'node:events';
import { RESTEvents, RateLimitError } from 'discord.js';
import type { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

const post = (client: Client, channel: string, content: string) =>
  client.rest.post(`/channels/${channel}/messages`, { body: { content } });

describe('discord.js and the limits', () => {
  it('reads the bucket from the headers and keeps itself inside it, without one 429', async () => {
    const { sandbox, client } = await setUp('real');
    const sent: number[] = [];
    await Promise.all(
      Array.from({ length: 7 }, async (_, at) => {
        await post(client, sandbox.general, `paper ${at}`);
        sent.push(at);
      }),
    );
    expect(sent).toHaveLength(7);
    expect(await statuses(sandbox)).toEqual(Array.from({ length: 7 }, () => 200));
  });

  it('waits where two clients empty one bucket, and loses nothing', async () => {
    const { sandbox, client } = await setUp('real');
    const other = await setUpClient(sandbox);
    const limited = once(client.rest, RESTEvents.RateLimited);
    const all = [client, other].flatMap((each) =>
      Array.from({ length: 4 }, async (_, at) => post(each, sandbox.general, `paper ${at}`)),
    );
    await Promise.race([limited, once(other.rest, RESTEvents.RateLimited)]);
    await Promise.all(all);
    expect((await statuses(sandbox)).filter((status) => status === 200)).toHaveLength(8);
  });

  it.each(['user', 'shared', 'global'])('comes back after a 429 of scope %s', async (scope) => {
    const { sandbox, client } = await setUp('off');
    await order(sandbox, { status: 429, scope, retryAfter: 0.2 });
    await post(client, sandbox.general, 'paper');
    expect(await statuses(sandbox)).toEqual([429, 200]);
  });

  it('tells who will not wait how long it would take', async () => {
    const { sandbox } = await setUp('off');
    const client = await setUpClient(sandbox, { rejectOnRateLimit: () => true });
    await order(sandbox, { status: 429, retryAfter: 3_600 });
    const refused = await post(client, sandbox.general, 'paper').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RateLimitError);
    expect(refused).toMatchObject({ retryAfter: expect.closeTo(3_600_000, -3) });
  });

  it('sends a request again after 502, which doubles what has taken effect and has no nonce', async () => {
    const { sandbox, client } = await setUp('off');
    await order(sandbox, { status: 502, when: 'after' });
    await post(client, sandbox.general, 'paper');
    const { body } = await sandbox.api<unknown[]>('GET', `/channels/${sandbox.general}/messages`);
    expect(body).toHaveLength(2);
  });
});

async function setUp(limits: 'real' | 'off') {
  const sandbox = await runSandbox({ limits, identify: { intervalMs: 0 } });
  return { sandbox, client: await setUpClient(sandbox) };
}

function setUpClient(sandbox: RunningSandbox, rest: { rejectOnRateLimit?: () => boolean } = {}): Promise<Client<true>> {
  return logIn(sandbox, undefined, { rest: { api: sandbox.ready.api, version: '10', ...rest } });
}

function order(sandbox: RunningSandbox, fault: object) {
  return sandbox.control('POST', '/faults', { route: 'POST /channels/:id/messages', ...fault });
}

async function statuses(sandbox: RunningSandbox): Promise<(number | null)[]> {
  const { body } = await sandbox.control<{ route: string; status: number | null }[]>('GET', '/log');
  return body.filter(({ route }) => route === 'POST /channels/:id/messages').map(({ status }) => status);
}
