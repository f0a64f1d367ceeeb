import { describe, expect, it } from 'vitest';
import { commandChanges, registerCommands } from '../../src/discord/registration.ts';
import type { CommandData } from '../../src/discord/registration.ts';
import { createRest } from '../../src/discord/rest.ts';
import { startLocalApi } from './local-api.ts';

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

describe('registerCommands', () => {
  it.each([
    [401, 'token-refused', /DISCORD_TOKEN/],
    [400, 'discord-refused', /GET \/applications\/7\/commands failed: /],
    [503, 'discord-unreachable', /GET \/applications\/7\/commands was answered 503/],
  ])('fails with a sentence on a %i', async (status, code, message) => {
    const api = await startLocalApi(() => ({ status, json: { code: 0, message: 'No' } }));
    try {
      await expect(
        registerCommands(createRest({ apiUrl: api.apiUrl, token: 't' }), '7', [search]),
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
});
