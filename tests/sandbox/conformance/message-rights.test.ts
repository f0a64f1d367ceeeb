import { GatewayIntentBits, PermissionFlagsBits, SnowflakeUtil } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { runWithRights } from '../run-with-rights.ts';
import { logIn, runSandbox } from '../running-sandbox.ts';

describe('messages of others', () => {
  it('reach a bot without their words, unless they mention it', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, undefined, {
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    });
    const say = (content: string) =>
      sandbox.control('POST', '/messages', { user: 'Mika', channel: 'general', content });
    await say('a secret');
    await say(`hello <@${client.user.id}>`);
    const { body } = await sandbox.api<{ content: string }[]>('GET', `/channels/${sandbox.general}/messages`);
    expect(body.map(({ content }) => content)).toEqual([`hello <@${client.user.id}>`, '']);
  });

  it('can be deleted, one by one and in bulk, by who may manage messages', async () => {
    const sandbox = await runWithRights(['ManageMessages']);
    const said = async () => {
      const speech = { user: 'Mika', channel: 'general', content: 'x' };
      return (await sandbox.control<{ id: string }>('POST', '/messages', speech)).body.id;
    };
    const path = `/channels/${sandbox.general}/messages`;
    const ids = [await said(), await said(), await said()];
    expect((await sandbox.api('DELETE', `${path}/${ids[0]}`)).status).toBe(204);
    // What is gone already does not matter.
    expect((await sandbox.api('POST', `${path}/bulk-delete`, { messages: ids })).status).toBe(204);
    expect((await sandbox.api('GET', path)).body).toEqual([]);
  });

  it.each([
    [50016, () => ['1574000000000000000']],
    [50016, () => ['1574000000000000000', '1574000000000000000']],
    [
      50034,
      () => [0, 1].map((n) => String(SnowflakeUtil.generate({ timestamp: Date.now() - 15 * 86_400_000 }) + BigInt(n))),
    ],
  ])('are not deleted in bulk: %i', async (code, messages) => {
    const sandbox = await runWithRights(['ManageMessages']);
    const answer = await sandbox.api('POST', `/channels/${sandbox.general}/messages/bulk-delete`, {
      messages: messages(),
    });
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });
});

describe('rights of messages', () => {
  it('of reading the history: none is read, none answered', async () => {
    const sandbox = await runWithRights([], ['ReadMessageHistory']);
    const path = `/channels/${sandbox.general}/messages`;
    const { body } = await sandbox.api<{ id: string }>('POST', path, { content: 'x' });
    expect((await sandbox.api('GET', path)).body).toEqual([]);
    expect(await sandbox.api('GET', `${path}/${body.id}`)).toMatchObject({ status: 403, body: { code: 50013 } });
    const reply = { content: 'y', message_reference: { message_id: body.id } };
    expect(await sandbox.api('POST', path, reply)).toMatchObject({ status: 400, body: { code: 160_002 } });
  });

  it('of embedding: embeds do not show, and nobody says so', async () => {
    const sandbox = await runWithRights([], ['EmbedLinks']);
    const body = { content: 'x', embeds: [{ title: 'A paper' }] };
    expect(await sandbox.api('POST', `/channels/${sandbox.general}/messages`, body)).toMatchObject({
      status: 200,
      body: { content: 'x', embeds: [] },
    });
  });

  it('of pinning: up to 250, and what Discord itself says cannot be pinned', async () => {
    const sandbox = await runWithRights(['PinMessages']);
    const path = `/channels/${sandbox.general}/messages`;
    let last = '';
    for (let n = 0; n <= 250; n += 1) {
      last = (await sandbox.api<{ id: string }>('POST', path, { content: String(n) })).body.id;
      if (n < 250) await sandbox.api('PUT', `${path}/pins/${last}`);
    }
    expect(await sandbox.api('PUT', `${path}/pins/${last}`)).toMatchObject({ status: 400, body: { code: 30003 } });
    const pins = (await sandbox.api<{ items: unknown[]; has_more: boolean }>('GET', `${path}/pins?limit=50`)).body;
    expect([pins.items.length, pins.has_more]).toEqual([50, true]);
    const [, notice] = (await sandbox.api<{ id: string; type: number }[]>('GET', path)).body;
    expect(notice?.type).toBe(6);
    expect(await sandbox.api('PUT', `${path}/pins/${notice?.id}`)).toMatchObject({ body: { code: 50021 } });
  });

  it('of reacting: up to twenty emojis on one message', async () => {
    const sandbox = await runSandbox();
    const path = `/channels/${sandbox.general}/messages`;
    const { id } = (await sandbox.api<{ id: string }>('POST', path, { content: 'x' })).body;
    const emojis = Array.from({ length: 21 }, (_, at) => encodeURIComponent(String.fromCodePoint(0x1f600 + at)));
    const statuses = [];
    for (const emoji of emojis)
      statuses.push((await sandbox.api('PUT', `${path}/${id}/reactions/${emoji}/@me`)).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 204), 400]);
  });
});

describe('what is not there', () => {
  const { Administrator } = PermissionFlagsBits;
  it.each([
    ['GET', '/users/1', 10013, {}],
    ['GET', '/guilds/1', 10004, {}],
    ['GET', '/guilds/1325751605689385001/roles/1', 10011, {}],
    ['GET', '/guilds/1325751605689385001/members/1', 10007, {}],
    ['GET', '/channels/1', 10003, {}],
    ['GET', '/applications/1', 20012, {}],
    ['POST', '/users/@me/channels', 50033, { recipient_id: String(Administrator) }],
  ])('%s %s is refused by %i', async (method, path, code, body) => {
    const sandbox = await runSandbox();
    const answer = await sandbox.api(method, path, method === 'GET' ? undefined : body);
    expect(answer.body).toMatchObject({ code });
  });
});
