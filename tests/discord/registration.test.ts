import { describe, expect, it } from 'vitest';
import { commandChanges, registerCommands, registerOrLog } from '../../src/discord/registration.ts';
import type { CommandData } from '../../src/discord/registration.ts';
import { createRest } from '../../src/discord/rest.ts';
import { createLog } from '../../src/lib/log.ts';
import type { Log } from '../../src/lib/log.ts';
import { startLocalApi } from './local-api.ts';
import type { LocalAnswer } from './local-api.ts';

const search: CommandData = {
  name: 'search',
  description: 'Search',
  contexts: [0, 1],
  options: [
    { type: 3, name: 'query', description: 'Words', required: true, max_length: 500 },
    { type: 3, name: 'sort', description: 'Order', choices: [{ name: 'best first', value: 'relevance' }] },
  ],
};

/** The same command as Discord gives it back. */
const registered = {
  id: '1',
  application_id: '2',
  version: '3',
  type: 1,
  name: 'search',
  name_localizations: null,
  description: 'Search',
  description_localizations: null,
  default_member_permissions: null,
  dm_permission: true,
  contexts: [1, 0],
  integration_types: null,
  nsfw: false,
  options: [
    { name: 'query', description: 'Words', type: 3, required: true, max_length: 500, name_localizations: null },
    {
      choices: [{ name: 'best first', name_localizations: null, value: 'relevance' }],
      description: 'Order',
      name: 'sort',
      required: false,
      type: 3,
    },
  ],
};

describe('commandChanges', () => {
  it('finds nothing where Discord only adds ids, defaults and an order of its own', () => {
    expect(commandChanges([registered], [search])).toEqual([]);
  });

  it('tells added, changed and removed commands apart', () => {
    const old = { ...registered, name: 'old' };
    const help: CommandData = { name: 'help', description: 'Help' };
    expect(commandChanges([registered, old], [{ ...search, description: 'Search papers' }, help])).toEqual([
      { name: 'help', change: 'added' },
      { name: 'old', change: 'removed' },
      { name: 'search', change: 'changed' },
    ]);
  });

  it.each<[string, CommandData]>([
    ['a permission', { ...search, default_member_permissions: '16' }],
    ['a context', { ...search, contexts: [0] }],
    ['an option’s order', { ...search, options: [...(search.options ?? [])].toReversed() }],
    [
      'a limit',
      { ...search, options: [{ type: 3, name: 'query', description: 'Words', required: true, max_length: 400 }] },
    ],
  ])('notices a change of %s', (_what, changed) => {
    expect(commandChanges([registered], [changed])).toEqual([{ name: 'search', change: 'changed' }]);
  });
});

const noWait = () => Promise.resolve();

describe('registerCommands', () => {
  it.each([
    [401, 'token-refused', /DISCORD_TOKEN/],
    [400, 'discord-refused', /GET \/applications\/7\/commands failed: /],
    [503, 'discord-unreachable', /GET \/applications\/7\/commands was answered 503/],
  ])('fails with a sentence on a %i', async (status, code, message) => {
    const api = await startLocalApi(() => ({ status, json: { code: 0, message: 'No' } }));
    try {
      await expect(
        registerCommands(createRest({ apiUrl: api.apiUrl, token: 't' }), '7', [search], { sleep: noWait }),
      ).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
    } finally {
      await api.close();
    }
  });

  it('writes once what differs, and nothing where nothing does', async () => {
    const api = await startLocalApi(({ method }, count) => ({
      status: 200,
      json: method === 'GET' && count > 2 ? [registered] : [],
    }));
    try {
      const rest = createRest({ apiUrl: api.apiUrl, token: 't' });
      expect(await registerCommands(rest, '7', [search])).toEqual([{ name: 'search', change: 'added' }]);
      expect(await registerCommands(rest, '7', [search])).toEqual([]);
      expect(api.requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET']);
    } finally {
      await api.close();
    }
  });

  it.each<[string, LocalAnswer]>([
    ['a 502', { status: 502, html: 'Bad Gateway' }],
    ['a cut connection', 'hang up'],
  ])('tries again after %s, reading or writing', async (_what, failure) => {
    const api = await startLocalApi(({ method }, count) =>
      count === 1 || count === 3 ? failure : { status: 200, json: method === 'GET' ? [] : [registered] },
    );
    const slept: number[] = [];
    const sleep = (durationMs: number) => Promise.resolve(void slept.push(durationMs));
    try {
      const rest = createRest({ apiUrl: api.apiUrl, token: 't' });
      expect(await registerCommands(rest, '7', [search], { sleep })).toEqual([{ name: 'search', change: 'added' }]);
      expect(api.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'PUT', 'GET', 'PUT']);
      expect(slept).toEqual([1_000, 3_000]);
    } finally {
      await api.close();
    }
  });

  it('asks once where Discord refuses', async () => {
    const api = await startLocalApi(() => ({ status: 400, json: { code: 50035, message: 'Invalid Form Body' } }));
    try {
      const rest = createRest({ apiUrl: api.apiUrl, token: 't' });
      await expect(registerCommands(rest, '7', [search], { sleep: noWait })).rejects.toThrow('Invalid Form Body');
      expect(api.requests).toHaveLength(1);
    } finally {
      await api.close();
    }
  });
});

/** Registers at an API that always answers the same: what is logged, and how often it was asked. */
async function register(answer: LocalAnswer) {
  const logged: { level: string; message: string }[] = [];
  const log: Log = {
    ...createLog('silent'),
    info: (_fields, message) => void logged.push({ level: 'info', message }),
    error: (_fields, message) => void logged.push({ level: 'error', message }),
  };
  const api = await startLocalApi(() => answer);
  try {
    const rest = createRest({ apiUrl: api.apiUrl, token: 't' });
    await registerOrLog(rest, '7', [search], { log, sleep: noWait });
    return { logged, tries: api.requests.length };
  } finally {
    await api.close();
  }
}

describe('registerOrLog', () => {
  it('logs a failure that stays, and goes on with the commands registered earlier', async () => {
    const { logged, tries } = await register({ status: 503, html: 'down' });
    expect(tries).toBe(5);
    expect(logged).toEqual([
      {
        level: 'error',
        message:
          'discord: GET /applications/7/commands was answered 503; the slash commands stay as they were registered earlier',
      },
    ]);
  });

  it('says how many commands it registered, and nothing where nothing changed', async () => {
    expect(await register({ status: 200, json: [] })).toMatchObject({
      logged: [{ level: 'info', message: 'discord: 1 slash commands registered' }],
    });
    expect(await register({ status: 200, json: [registered] })).toMatchObject({ logged: [] });
  });

  it('stops at a refused token', async () => {
    const refused = register({ status: 401, json: { code: 0, message: '401: Unauthorized' } });
    await expect(refused).rejects.toMatchObject({ code: 'token-refused' });
  });
});
