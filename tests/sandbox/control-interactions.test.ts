import { describe, expect, it } from 'vitest';
import { commands, runListening } from './listening-sandbox.ts';
import { runSandbox } from './running-sandbox.ts';

describe('control/interactions', () => {
  it('takes options by name, nested, or as Discord’s raw list', async () => {
    const { hear } = await runListening();
    const expected = [
      {
        type: 1,
        name: 'add',
        options: [
          { type: 3, name: 'query', value: 'gnn' },
          { type: 4, name: 'hour', value: 7 },
        ],
      },
    ];
    const plain = { query: 'gnn', hour: 7 };
    const raw = [
      { name: 'hour', type: 4, value: 7 },
      { name: 'query', type: 3, value: 'gnn' },
    ];
    for (const body of [
      { command: 'alert add', options: plain },
      { command: '/alert', options: { add: plain } },
      { command: 'alert', options: [{ type: 1, name: 'add', options: raw }] },
      { command: 'alert add', options: raw },
    ]) {
      expect((await hear(body)).data.options).toEqual(expected);
    }
    expect((await hear({ command: 'alert list' })).data.options).toEqual([{ type: 1, name: 'list', options: [] }]);
  });

  it('tells the bot where, who, in which language and with which rights, and resolves what options name', async () => {
    const { hear, sandbox } = await runListening();
    const heard = await hear({ command: 'alert add', options: { query: 'x', channel: '#workflows', person: 'ada' } });
    const workflows = sandbox.ready.channels.find(({ name }) => name === 'workflows')?.id ?? '';
    expect(heard).toMatchObject({
      type: 2,
      version: 1,
      guild_id: sandbox.ready.guild,
      channel_id: sandbox.general,
      member: { user: { global_name: 'Mika' }, permissions: expect.stringMatching(/^\d+$/) },
      locale: 'en-US',
      guild_locale: 'en-US',
      context: 0,
      authorizing_integration_owners: { 0: sandbox.ready.guild },
      entitlements: [],
      attachment_size_limit: 10_485_760,
      app_permissions: expect.stringMatching(/^\d+$/),
      data: {
        resolved: {
          channels: { [workflows]: { name: 'workflows', type: 0, app_permissions: expect.stringMatching(/^\d+$/) } },
          users: { [sandbox.userId('Ada')]: { username: 'ada' } },
        },
      },
    });
  });

  it('works in a private channel with the bot, where the command is offered there', async () => {
    const { hear, use, sandbox } = await runListening();
    const heard = await hear({ command: 'alert list', channel: '@me' });
    expect(heard).toMatchObject({ context: 1, user: { global_name: 'Mika' }, channel: { type: 1 } });
    expect(heard).not.toHaveProperty('guild_id');
    const [dm] = (await sandbox.control<{ id: string }[]>('GET', '/dms?user=Mika')).body;
    expect((await use({ command: 'subscribe', channel: dm?.id })).status).toBe(404);
    expect((await use({ user: 'Ada', command: 'alert list', channel: dm?.id })).status).toBe(404);
  });

  it.each([
    ['There is no command /nothing (known: /alert, /subscribe).', 404, { command: 'nothing' }],
    ['/alert needs a sub-command: add, list.', 400, { command: 'alert' }],
    ['/alert has no sub-command “drop”; it has add, list.', 400, { command: 'alert drop' }],
    ['/alert add needs the option “query” (What to look for).', 400, { command: 'alert add' }],
    [
      '/alert add has no option “q”; it has query, style, hour, channel, person, category.',
      400,
      { command: 'alert add', options: { q: 1 } },
    ],
    ['/alert add: the option “query” must be text.', 400, { command: 'alert add', options: { query: 7 } }],
    [
      '/alert add: the option “query” must be at most 10 characters long.',
      400,
      { command: 'alert add', options: { query: 'x'.repeat(11) } },
    ],
    [
      '/alert add: the option “style” must be one of "cards".',
      400,
      { command: 'alert add', options: { query: 'x', style: 'list' } },
    ],
    [
      '/alert add: the option “hour” must be a whole number.',
      400,
      { command: 'alert add', options: { query: 'x', hour: 1.5 } },
    ],
    [
      '/alert add: the option “hour” must be at most 23.',
      400,
      { command: 'alert add', options: { query: 'x', hour: 24 } },
    ],
    [
      '/alert add: the option “channel” must name channel, by id or name, that is here.',
      400,
      { command: 'alert add', options: { query: 'x', channel: 'attic' } },
    ],
    ['You do not have permission to use this command: /subscribe is not for Mika here.', 403, { command: 'subscribe' }],
    ['Otto is not in this server and cannot see #general.', 403, { command: 'alert list', user: 'Otto' }],
    ['There is no user “Eve”.', 404, { command: 'alert list', user: 'Eve' }],
    ['There is no channel “attic” that Mika can see.', 404, { command: 'alert list', channel: 'attic' }],
    ['There is no message 1 that Mika can see.', 404, { message: '1', customId: 'x' }],
    ['Mika has no form “x” open.', 400, { customId: 'x', fields: {} }],
  ])('refuses with one sentence: %s', async (message, status, body) => {
    const { use } = await runListening();
    expect(await use(body)).toMatchObject({ status, body: { message } });
  });

  it.each([
    ['/alert add has no option “categry” that suggests; it has category.', 'alert add', 'categry'],
    ['/alert add has no option “query” that suggests; it has category.', 'alert add', 'query'],
    ['/alert list has no option “category” that suggests; it has none.', 'alert list', 'category'],
  ])('asks nobody for suggestions where Discord would not: %s', async (message, command, focused) => {
    const { sandbox } = await runListening();
    const asked = { user: 'Mika', channel: 'general', command, options: {}, focused };
    expect(await sandbox.control('POST', '/autocomplete', asked)).toMatchObject({ status: 400, body: { message } });
  });

  it('names what is wrong with a body, whichever request it came with', async () => {
    const { sandbox } = await runListening();
    const body = { user: 7, channel: 'general', command: 'alert list', content: 'x' };
    const message = 'user: must be an id or a name.';
    for (const path of ['/interactions', '/autocomplete', '/messages'])
      expect(await sandbox.control('POST', path, body)).toMatchObject({ status: 400, body: { message } });
    expect((await sandbox.control('POST', '/messages', [])).body).toEqual({
      message: 'The body: must be a JSON object with user, channel, content, reply.',
    });
  });

  it('lets an administrator use every command', async () => {
    const { hear } = await runListening();
    expect(await hear({ user: 'Ada', command: 'subscribe' })).toMatchObject({ member: { user: { username: 'ada' } } });
  });

  it('says so when no bot is connected', async () => {
    const sandbox = await runSandbox();
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    await sandbox.api('PUT', `/applications/${id}/commands`, commands);
    expect(
      await sandbox.control('POST', '/interactions', { user: 'Ada', channel: 'general', command: 'alert list' }),
    ).toMatchObject({
      status: 503,
    });
  });
});
