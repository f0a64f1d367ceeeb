import { describe, expect, it } from 'vitest';
import { contractFaults, hasContract } from '../builders/contract.ts';
import { openGateway, runSandbox } from './running-sandbox.ts';
import type { Answered, RunningSandbox } from './running-sandbox.ts';

const embed = {
  title: 'A paper',
  url: 'https://arxiv.org/abs/2505.15988',
  description: 'O(nΔ³)',
  timestamp: '2025-05-23T00:00:00Z',
  footer: { text: 'cs.DC' },
  author: { name: 'Ada' },
  image: { url: 'https://example.org/plot.png' },
  fields: [
    { name: 'Why', value: 'molecule', inline: true },
    { name: 'Also', value: 'graph' },
  ],
};
const components = [
  {
    type: 1,
    components: [
      { type: 2, style: 2, label: 'Save', custom_id: 'save' },
      { type: 2, style: 5, label: 'arXiv', url: 'https://arxiv.org' },
    ],
  },
  {
    type: 1,
    components: [{ type: 3, custom_id: 'pick', options: [{ label: 'a', value: 'a' }], placeholder: 'Choose' }],
  },
];
const v2 = [
  {
    type: 17,
    components: [
      {
        type: 9,
        components: [{ type: 10, content: 'text' }],
        accessory: { type: 2, style: 1, label: 'More', custom_id: 'more' },
      },
      { type: 14 },
    ],
  },
];
const commands = [
  {
    name: 'alert',
    description: 'Alerts',
    default_member_permissions: '0',
    contexts: [0, 1],
    options: [
      {
        type: 1,
        name: 'add',
        description: 'Add one',
        options: [
          { type: 3, name: 'query', description: 'Query', required: true, max_length: 200 },
          { type: 3, name: 'style', description: 'Style', choices: [{ name: 'Cards', value: 'cards' }] },
          { type: 7, name: 'channel', description: 'Where', channel_types: [0, 5] },
        ],
      },
    ],
  },
];

/** Speaks to the sandbox as the bot, and gathers its answers; `faults` are those that are not as they should be. */
function speakTo(sandbox: RunningSandbox) {
  const unexpected: unknown[] = [];
  const log: unknown[] = [];
  const check = (method: string, path: string, { status, body: response }: Answered, expected: number) => {
    // Requests are not looked at: some are wrong on purpose.
    log.push({ method, path, status, body: null, response: response ?? null });
    if (status !== expected) unexpected.push({ method, path, status, expected, response });
  };
  const faults = async () => {
    const { bad } = await contractFaults(log);
    return [...unexpected, ...bad.filter(({ of }) => of !== 'request')];
  };
  const api = async (method: string, path: string, body: unknown, expected: number) => {
    const answer = await sandbox.api<{ id: string }>(method, path, body);
    check(method, path, answer, expected);
    return answer.body;
  };
  return { api, check, faults };
}

describe.skipIf(!hasContract)('the answers of the sandbox (skipped where ../shared/discord does not lie)', () => {
  it('are as Discord describes them for users, servers, channels and messages', async () => {
    const sandbox = await runSandbox();
    const { api, faults } = speakTo(sandbox);
    const guild = `/guilds/${sandbox.ready.guild}`;
    const channel = `/channels/${sandbox.general}`;
    for (const path of [
      '/gateway',
      '/gateway/bot',
      '/users/@me',
      '/users/@me/guilds',
      '/applications/@me',
      '/oauth2/applications/@me',
    ]) {
      await api('GET', path, undefined, 200);
    }
    for (const path of [
      '',
      '?with_counts=true',
      '/channels',
      '/roles',
      '/members',
      `/members/${sandbox.userId('Ada')}`,
    ]) {
      await api('GET', guild + path, undefined, 200);
    }
    await api('GET', `/users/${sandbox.userId('Mika')}`, undefined, 200);
    await api('GET', channel, undefined, 200);
    const sent = await api(
      'POST',
      `${channel}/messages`,
      { content: 'hi', embeds: [embed], components, nonce: '1', enforce_nonce: true },
      200,
    );
    await api('POST', `${channel}/messages`, { components: v2, flags: 1 << 15 }, 200);
    await api('POST', `${channel}/messages`, { content: 'reply', message_reference: { message_id: sent.id } }, 200);
    await api('PATCH', `${channel}/messages/${sent.id}`, { content: 'edited', embeds: [] }, 200);
    await api('GET', `${channel}/messages`, undefined, 200);
    await api('GET', `${channel}/messages/${sent.id}`, undefined, 200);
    await api('POST', `${channel}/typing`, {}, 204);
    await api('DELETE', `${channel}/messages/${sent.id}`, undefined, 204);
    const dm = await api('POST', '/users/@me/channels', { recipient_id: sandbox.userId('Mika') }, 200);
    await api('POST', `/channels/${dm.id}/messages`, { content: 'hi' }, 200);
    await api('GET', `/channels/${dm.id}`, undefined, 200);
    expect(await faults()).toEqual([]);
  });

  it('are as Discord describes them for commands', async () => {
    const sandbox = await runSandbox();
    const { api, faults } = speakTo(sandbox);
    const { id } = await api('GET', '/applications/@me', undefined, 200);
    for (const root of [`/applications/${id}/commands`, `/applications/${id}/guilds/${sandbox.ready.guild}/commands`]) {
      await api('PUT', root, commands, 200);
      const created = await api(
        'POST',
        root,
        { name: 'search', description: 'Find', name_localizations: { de: 'suche' } },
        201,
      );
      await api('POST', root, { name: 'search', description: 'Find papers' }, 200);
      await api('PATCH', `${root}/${created.id}`, { description: 'Find them' }, 200);
      await api('GET', `${root}/${created.id}`, undefined, 200);
      await api('GET', `${root}?with_localizations=true`, undefined, 200);
      await api('DELETE', `${root}/${created.id}`, undefined, 204);
    }
    expect(await faults()).toEqual([]);
  });

  it('are as Discord describes them for interactions and what follows', async () => {
    const sandbox = await runSandbox();
    const { api, faults } = speakTo(sandbox);
    const { id: application } = await api('GET', '/applications/@me', undefined, 200);
    await api('PUT', `/applications/${application}/commands`, [{ name: 'search', description: 'Find' }], 200);
    const gateway = openGateway(sandbox);
    await gateway.next();
    gateway.identify();
    expect([(await gateway.next()).t, (await gateway.next()).t]).toEqual(['READY', 'GUILD_CREATE']);

    const ask = async (body: object) => {
      const done = sandbox.control<{ replies: { id: string }[] }>('POST', '/interactions', { user: 'Mika', ...body });
      const { d: interaction } = await gateway.next<{ id: string; token: string }>();
      return { done, interaction };
    };
    const callback = ({ id, token }: { id: string; token: string }, body: object, query: string, status: number) =>
      api('POST', `/interactions/${id}/${token}/callback${query}`, body, status);
    const typed = { channel: 'general', command: 'search' };

    const first = await ask(typed);
    await callback(first.interaction, { type: 4, data: { embeds: [embed], components } }, '?with_response=true', 200);
    const { replies } = (await first.done).body;
    const hook = `/webhooks/${application}/${first.interaction.token}`;
    await api('GET', `${hook}/messages/@original`, undefined, 200);
    await api('PATCH', `${hook}/messages/@original`, { content: 'changed' }, 200);
    const followed = await api('POST', `${hook}?wait=true`, { content: 'more', flags: 64 }, 200);
    await api('DELETE', `${hook}/messages/${followed.id}`, undefined, 204);

    const pressed = await ask({ message: replies[0]?.id, customId: 'save' });
    await callback(pressed.interaction, { type: 7, data: { content: 'saved' } }, '?with_response=true', 200);
    const deferred = await ask(typed);
    await callback(deferred.interaction, { type: 5, data: { flags: 64 } }, '', 204);
    await api(
      'PATCH',
      `/webhooks/${application}/${deferred.interaction.token}/messages/%40original`,
      { content: 'done' },
      200,
    );
    await deferred.done;
    expect(await faults()).toEqual([]);
  });

  it('are as Discord describes them where it refuses', async () => {
    const sandbox = await runSandbox({ limits: 'real' });
    const { api, check, faults } = speakTo(sandbox);
    const channel = `/channels/${sandbox.general}`;
    await api('POST', `${channel}/messages`, { content: 'x'.repeat(2_001) }, 400);
    await api('POST', `${channel}/messages`, {}, 400);
    await api('GET', '/channels/1', undefined, 404);
    await api('GET', '/channels/abc', undefined, 400);
    await api('GET', '/guilds/1', undefined, 404);
    for (let round = 0; round < 3; round += 1) await api('POST', `${channel}/messages`, { content: 'x' }, 200);
    await api('POST', `${channel}/messages`, { content: 'x' }, 429);
    const unauthorised = await sandbox.api('GET', '/users/@me', undefined, { authorization: 'Bot wrong' });
    check('GET', '/users/@me', unauthorised, 401);
    expect(await faults()).toEqual([]);
  });
});

describe.skipIf(!hasContract)('contractFaults (skipped where ../shared/discord does not lie)', () => {
  const refused = { message: 'Missing Access', code: 50001 };
  const entry = { method: 'POST', path: '/channels/1574153984568987653/messages', status: 403, response: refused };

  it('names what breaks the contract, in requests and in answers', async () => {
    const log = [
      { ...entry, body: { content: 'x' } },
      { ...entry, body: { content: 'x'.repeat(2_001) } },
      { ...entry, body: { content: 'x' }, response: { message: 'Missing Access' } },
      { ...entry, body: { content: 'x' }, path: '/channel/1' },
      { ...entry, body: { content: 'x' }, status: null, response: null },
    ];
    const { requests, answers, bad } = await contractFaults(log);
    expect([requests, answers]).toEqual([5, 4]);
    expect(bad).toMatchObject([
      { of: 'request', why: [expect.stringContaining('2001 characters')] },
      { of: 'answer 403', why: [expect.stringContaining("'code'")] },
      { of: 'request', why: [expect.stringContaining('no such operation')] },
      { of: 'answer 403', why: [expect.stringContaining('no such operation')] },
    ]);
  });

  it('takes no log without answers for a good one', async () => {
    await expect(contractFaults([{ ...entry, body: {}, response: undefined }])).rejects.toThrow('response');
  });
});
