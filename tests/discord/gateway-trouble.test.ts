import { afterEach, describe, expect, it } from 'vitest';
import { privately } from '../../src/discord/command.ts';
import type { Command } from '../../src/discord/command.ts';
import { openGateway } from '../../src/discord/gateway.ts';
import { registerCommands } from '../../src/discord/registration.ts';
import { createRest } from '../../src/discord/rest.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Log } from '../../src/lib/log.ts';
import { startLocalDiscord } from '../builders/local-discord.ts';
import { startRetouchedDiscord } from '../commands/retouched-discord.ts';
import type { Json } from '../commands/retouched-discord.ts';
import { noRoutes } from './no-routes.ts';

const silent = createLog('silent');
const command: Command = {
  data: {
    name: 'suggests',
    description: 'Suggests',
    options: [{ type: 3, name: 'id', description: 'Id', autocomplete: true }],
  },
  run: () => Promise.resolve(privately('still here')),
  complete: () => Promise.resolve([{ name: 'one', value: '1' }]),
};

function failing(): never {
  throw new Error('the disk is full');
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function local() {
  const sandbox = await startLocalDiscord();
  closing.push(() => sandbox.close());
  const { ready } = sandbox;
  async function control(path: string, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(ready.control + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.json();
  }
  return { ready, control };
}

/** Opens a gateway without real waits; `slept` are the waits, `warned` the sentences of warnings and errors. */
async function open(settings: { apiUrl: string; token: string }, change: Partial<Log> = {}) {
  const slept: number[] = [];
  const logged: string[] = [];
  const note = (_fields: object, message: string) => void logged.push(message);
  const opening = openGateway(
    settings,
    { ...noRoutes, commands: [command] },
    {
      log: { ...silent, warn: note, error: note, ...change },
      newId: () => 'i1',
      onFatal: () => undefined,
      sleep: (durationMs) => Promise.resolve(void slept.push(durationMs)),
    },
  );
  const gateway = await opening.then(
    (opened) => {
      closing.push(opened.close);
      return opened;
    },
    (error: unknown) => error,
  );
  return { gateway, slept, logged };
}

describe('openGateway in troubled times', () => {
  it.each([502, 503, 'reset'])('logs in although Discord first answers %s', async (status) => {
    const { ready, control } = await local();
    await control('/faults', { route: 'GET /gateway/bot', status, count: 4 });
    const { gateway, slept, logged } = await open({ apiUrl: ready.api, token: ready.token });
    expect(gateway).toMatchObject({ botName: 'Paperboy' });
    expect(slept).toEqual(slept.toSorted((a, b) => a - b));
    expect(slept).toHaveLength(4);
    expect(logged.filter((message) => message.includes('trying again'))).toHaveLength(4);
  });

  it('gives up after five tries', async () => {
    const { ready, control } = await local();
    await control('/faults', { route: 'GET /gateway/bot', status: 502, count: 9 });
    const { gateway, slept } = await open({ apiUrl: ready.api, token: ready.token });
    expect(gateway).toMatchObject({ code: 'discord-unreachable' });
    expect(slept).toHaveLength(4);
    expect(slept.reduce((sum, durationMs) => sum + durationMs, 0)).toBe(30_000);
  });

  it('does not try a refused token again', async () => {
    const { ready } = await local();
    const { gateway, slept } = await open({ apiUrl: ready.api, token: 'wrong' });
    expect(gateway).toMatchObject({ code: 'token-refused' });
    expect(slept).toEqual([]);
  });

  it('answers on after an autocomplete that names no option, and logs it', async () => {
    const { control, logged, body } = await completeWithoutFocus();
    expect(logged).toEqual(['no suggestions for /suggests']);
    expect(await control('/interactions', body)).toMatchObject({ replies: [{ content: 'still here' }] });
  });

  it('survives a router that fails itself', async () => {
    const { control, logged, body } = await completeWithoutFocus({ warn: failing });
    expect(logged).toEqual(['an interaction met a bug in the router']);
    expect(await control('/interactions', body)).toMatchObject({ replies: [{ content: 'still here' }] });
  }, 20_000);
});

/** A person types, and the request for suggestions names no option: what is logged of it, and the person's command. */
async function completeWithoutFocus(change: Partial<Log> = {}) {
  const { ready, control } = await local();
  const discord = await startRetouchedDiscord(ready.api, withoutFocus);
  closing.push(discord.close);
  const { gateway, logged } = await open({ apiUrl: discord.api, token: ready.token }, change);
  await register(gateway, ready);
  const body = { user: ready.users[0]?.id, channel: ready.channels[0]?.id, command: 'suggests', options: { id: 'a' } };
  await control('/autocomplete', { ...body, focused: 'id' });
  return { control, logged, body };
}

async function register(gateway: unknown, ready: { api: string; token: string }): Promise<void> {
  if (typeof gateway !== 'object' || gateway === null || !('applicationId' in gateway))
    throw new Error('not logged in');
  const rest = createRest({ apiUrl: ready.api, token: ready.token });
  await registerCommands(rest, String(gateway.applicationId), [command.data]);
}

/** Suggestions are asked for without saying which option is typed, as happens while a command is registered anew. */
function withoutFocus(event: string, body: Json): Json {
  return event === 'INTERACTION_CREATE' && body['type'] === 4
    ? JSON.parse(JSON.stringify(body, (key, value: unknown) => (key === 'focused' ? undefined : value)))
    : body;
}
