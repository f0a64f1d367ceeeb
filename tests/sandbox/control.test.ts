import { describe, expect, it } from 'vitest';
import { logIn, openGateway, runSandbox } from './running-sandbox.ts';
import type { RunningSandbox } from './running-sandbox.ts';

const channelOption = { type: 7, name: 'channel', description: 'Where' };
const commands = [
  {
    name: 'alert',
    description: 'Alerts',
    options: [
      {
        type: 1,
        name: 'add',
        description: 'Add one',
        options: [
          { type: 3, name: 'query', description: 'What to look for', required: true, max_length: 10 },
          { type: 3, name: 'style', description: 'How', choices: [{ name: 'Cards', value: 'cards' }] },
          { type: 4, name: 'hour', description: 'When', min_value: 0, max_value: 23 },
          channelOption,
          { type: 6, name: 'person', description: 'Whom' },
        ],
      },
      { type: 1, name: 'list', description: 'List them' },
    ],
  },
  {
    name: 'subscribe',
    description: 'Subscribe',
    default_member_permissions: '32',
    contexts: [0],
    options: [channelOption],
  },
];

/** A sandbox with commands, and a gateway that hears interactions and does not answer. */
async function listening() {
  const sandbox = await runSandbox();
  const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
  await sandbox.api('PUT', `/applications/${id}/commands`, commands);
  const gateway = openGateway(sandbox);
  await gateway.next();
  gateway.identify();
  await gateway.next();
  await gateway.next();
  const use = (body: object) => sandbox.control('POST', '/interactions', { user: 'Mika', channel: 'general', ...body });
  /** Uses it, acknowledges by a message, and gives what the bot was told. */
  const hear = async (body: object) => {
    const done = use(body);
    const heard = (await gateway.next<{ id: string; token: string; data: { options: unknown } }>()).d;
    await sandbox.api('POST', `/interactions/${heard.id}/${heard.token}/callback`, { type: 4, data: { content: 'x' } });
    expect((await done).status).toBe(200);
    return heard;
  };
  return { sandbox, use, hear };
}

describe('control/interactions', () => {
  it('takes options by name, nested, or as Discord’s raw list', async () => {
    const { hear } = await listening();
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
    const { hear, sandbox } = await listening();
    const heard = await hear({ command: 'alert add', options: { query: 'x', channel: '#workflows', person: 'ada' } });
    const workflows = sandbox.ready.channels[4]?.id ?? '';
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
    const { hear, use, sandbox } = await listening();
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
      '/alert add has no option “q”; it has query, style, hour, channel, person.',
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
    const { use } = await listening();
    expect(await use(body)).toMatchObject({ status, body: { message } });
  });

  it('lets an administrator use every command', async () => {
    const { hear } = await listening();
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

describe('components and deadlines', () => {
  const select = {
    type: 3,
    custom_id: 'pick',
    options: [
      { label: 'A', value: 'a' },
      { label: 'B', value: 'b' },
    ],
  };
  const rows = [
    { type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'off', disabled: true }] },
    { type: 1, components: [select] },
  ];

  it('refuse what the message does not offer', async () => {
    const { sandbox, use, hear } = await listening();
    const { id } = (
      await sandbox.api<{ id: string }>('POST', `/channels/${sandbox.general}/messages`, {
        content: 'x',
        components: rows,
      })
    ).body;
    expect((await use({ message: id, customId: 'off' })).body).toEqual({ message: 'The component “off” is disabled.' });
    expect((await use({ message: id, customId: 'none' })).status).toBe(400);
    expect((await use({ message: id, customId: 'pick', values: ['c'] })).body).toEqual({
      message: 'The select “pick” does not offer “c”; it has a, b.',
    });
    expect((await use({ message: id, customId: 'pick', values: ['a', 'b'] })).status).toBe(400);
    expect(await hear({ message: id, customId: 'pick', values: ['b'] })).toMatchObject({
      data: { component_type: 3, values: ['b'] },
      message: { id },
    });
  });

  it('end an interaction after three seconds, its token after fifteen minutes, and a second answer at once', async () => {
    let nowMs = Date.UTC(2026, 10, 22);
    const sandbox = await runSandbox({ now: () => nowMs });
    const { id } = (await sandbox.api<{ id: string }>('GET', '/applications/@me')).body;
    await sandbox.api('PUT', `/applications/${id}/commands`, commands);
    const gateway = openGateway(sandbox);
    await gateway.next();
    gateway.identify();
    await gateway.next();
    await gateway.next();
    const hear = async () => {
      const done = sandbox.control('POST', '/interactions', { user: 'Ada', channel: 'general', command: 'alert list' });
      return { done, ...(await gateway.next<{ id: string; token: string }>()).d };
    };
    const answer = (to: { id: string; token: string }) =>
      sandbox.api('POST', `/interactions/${to.id}/${to.token}/callback`, { type: 4, data: { content: 'x' } });

    const first = await hear();
    expect(
      (await sandbox.api('PATCH', `/webhooks/${id}/${first.token}/messages/@original`, { content: 'y' })).body,
    ).toMatchObject({ code: 10015 });
    expect((await answer(first)).status).toBe(204);
    expect(await answer(first)).toMatchObject({ status: 400, body: { code: 40060 } });
    nowMs += 15 * 60_000 - 1;
    expect((await sandbox.api('POST', `/webhooks/${id}/${first.token}`, { content: 'y' })).status).toBe(200);
    nowMs += 2;
    expect((await sandbox.api('POST', `/webhooks/${id}/${first.token}`, { content: 'y' })).body).toMatchObject({
      code: 50027,
    });

    const late = await hear();
    nowMs += 3_001;
    expect(await answer(late)).toMatchObject({ status: 404, body: { code: 10062 } });
    expect((await late.done).body).toMatchObject({ ackMs: null, replies: [] });
  });
});

describe('what the page reads', () => {
  it('is the world as it stands', async () => {
    const sandbox = await runSandbox();
    await logIn(sandbox);
    expect((await sandbox.control('GET', '/state')).body).toMatchObject({
      guild: { name: 'Systems Reading Group' },
      channels: expect.arrayContaining([
        expect.objectContaining({ name: 'workflows', topic: expect.stringMatching(/\.$/) }),
      ]),
      users: [{ role: 'admin' }, { role: 'member' }, { role: 'outsider' }],
      bot: { name: 'Paperboy' },
      commands: [],
    });
  });

  it('follows as it happens, each person their own', async () => {
    const { sandbox, hear } = await listening();
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
