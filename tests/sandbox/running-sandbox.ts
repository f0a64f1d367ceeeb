import { once } from 'node:events';
import { Client, Events, GatewayIntentBits } from 'discord.js';
import type { ClientOptions, Interaction } from 'discord.js';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createLog } from '../../src/lib/log.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { expectDiscordsAnswers } from './expect-discords-answers.ts';
import type { SandboxOptions } from '../../src/sandbox/start-sandbox.ts';

export type Answered<T = unknown> = { readonly status: number; readonly headers: Headers; readonly body: T };

/**
 * A sandbox on a free port without limits, ended with the test, and short ways to talk to it. Where it still runs at the end of the test,
 * its answers must have been Discord's, and it must have taken nothing that Discord would not take.
 */
export async function runSandbox(options: Partial<SandboxOptions> = {}) {
  const log = createLog('silent');
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', limits: 'off', stateFile: null, log, ...options });
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= sandbox.close());
  const { ready } = sandbox;
  onTestFinished(async () => {
    try {
      if (closing === null) await expectDiscordsAnswers(ready.control);
    } finally {
      await close();
    }
  });

  return {
    ready,
    close,
    general: ready.channels.find(({ name }) => name === 'general')?.id ?? '',
    /** A REST request with the bot's token. */
    api: <T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      ask<T>(`${ready.api}/v10${path}`, method, body, { authorization: `Bot ${ready.token}`, ...headers }),
    /** A request to the control API. */
    control: <T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      ask<T>(`${ready.control}${path}`, method, body, headers),
    userId: (name: string) => ready.users.find((user) => user.name === name)?.id ?? '',
  };
}

/** `T` is what the test expects of the body; its assertions prove it. */
async function ask<T>(
  url: string,
  method: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answered<T>> {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, {
    method,
    headers: { ...type, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.startsWith('application/json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined };
}

export type RunningSandbox = Awaited<ReturnType<typeof runSandbox>>;

/** A real discord.js client, logged in; `answer` hears every interaction. */
export async function logIn(
  sandbox: RunningSandbox,
  answer: (interaction: Interaction) => Promise<unknown> = async () => undefined,
  options: Partial<ClientOptions> = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: sandbox.ready.api, version: '10' },
    ...options,
  });
  onTestFinished(async () => {
    await client.destroy();
  });
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction));
  const ready = once(client, Events.ClientReady);
  await client.login(sandbox.ready.token);
  await ready;
  if (!client.isReady()) throw new Error('discord.js says it is not ready');
  return client;
}

type Payload<T> = { readonly op: number; readonly t: string | null; readonly s: number | null; readonly d: T };

/** A bare gateway client: what comes is queued, `next` takes it in order. */
export function openGateway(sandbox: RunningSandbox, query = 'v=10&encoding=json') {
  const socket = new WebSocket(`${sandbox.ready.api.replace('http', 'ws').replace('/api', '/gateway')}/?${query}`);
  const queue: string[] = [];
  const takers: ((payload: string) => void)[] = [];
  socket.on('message', (raw: Buffer) => {
    const payload = raw.toString('utf8');
    const taker = takers.shift();
    if (taker === undefined) queue.push(payload);
    else taker(payload);
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
  });
  onTestFinished(() => socket.terminate());
  return {
    socket,
    /** The code that the connection was closed with. */
    closed,
    next: async <T = unknown>(): Promise<Payload<T>> => {
      const text = queue.shift() ?? (await new Promise<string>((resolve) => takers.push(resolve)));
      return JSON.parse(text);
    },
    send: (payload: unknown) => socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    identify: (change: object = {}) =>
      socket.send(JSON.stringify({ op: 2, d: { token: sandbox.ready.token, intents: 1, properties: {}, ...change } })),
  };
}
