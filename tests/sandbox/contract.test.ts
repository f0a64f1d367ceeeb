import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, runSandbox } from './running-sandbox.ts';
import type { Answered, RunningSandbox } from './running-sandbox.ts';

/** Discord's own OpenAPI document with a validator; it lies beside the repository where it lies at all. */
const contractFolder = join(import.meta.dirname, '../../../shared/discord');
const hasContract = existsSync(contractFolder);

type Contract = {
  validateResponse(answer: { method: string; path: string; status: number; body: unknown }): {
    ok: boolean;
    errors: unknown[];
  };
};

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

/**
 * The document calls the codes at the leaves of a 50035 tree numbers; Discord's documents and Discord itself give names
 * (`BASE_TYPE_REQUIRED`), and where the two differ the documents are right. So the names are numbered for the validator.
 */
function withNumberedLeaves(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNumberedLeaves);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] =>
    key === 'code' && typeof inner === 'string' ? [key, 1] : [key, withNumberedLeaves(inner)],
  );
  return Object.fromEntries(entries);
}

describe.skipIf(!hasContract)('the answers of the sandbox (skipped where ../shared/discord does not lie)', () => {
  let folder = '';
  let contract: Contract;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'discord-contract-'));
    cpSync(contractFolder, folder, { recursive: true });
    // The original may be read-only, and npm writes beside it.
    chmodSync(folder, 0o755);
    await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
    const loaded: { loadContract(): Contract } = await import(pathToFileURL(join(folder, 'contract.mjs')).href);
    contract = loaded.loadContract();
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Speaks to the sandbox as the bot, and gathers what of its answers is not as it should be. */
  const speakTo = (sandbox: RunningSandbox) => {
    const faults: unknown[] = [];
    const check = (method: string, path: string, { status, body }: Answered, expected: number) => {
      const verdict = contract.validateResponse({ method, path, status, body: withNumberedLeaves(body) });
      if (!verdict.ok || status !== expected)
        faults.push({ method, path, status, expected, errors: verdict.errors, body });
    };
    const api = async (method: string, path: string, body: unknown, expected: number) => {
      const answer = await sandbox.api<{ id: string }>(method, path, body);
      check(method, path, answer, expected);
      return answer.body;
    };
    return { api, check, faults };
  };

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
    expect(faults).toEqual([]);
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
    expect(faults).toEqual([]);
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
    expect(faults).toEqual([]);
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
    expect(faults).toEqual([]);
  });
});
