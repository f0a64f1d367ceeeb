import { once } from 'node:events';
import { Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

type Read = {
  id: string;
  content: string;
  type: number;
  mentions: { username: string }[];
  referenced_message?: Read | null;
};

const say = async (sandbox: RunningSandbox, content: string) => {
  const speech = { user: 'Mika', channel: 'general', content };
  return (await sandbox.control<Read>('POST', '/messages', speech)).body.id;
};

const replyTo = (sandbox: RunningSandbox, id: string, more: object = {}) =>
  sandbox.api<Read>('POST', `/channels/${sandbox.general}/messages`, {
    content: 'a reply',
    message_reference: { message_id: id },
    ...more,
  });

const seenBy = async (sandbox: RunningSandbox, user: string) =>
  (await sandbox.control<Read[]>('GET', `/channels/${sandbox.general}/messages?user=${user}`)).body;

describe('replies', () => {
  it('show the other message as it is now, to the bot and to people, and null once it is gone', async () => {
    const sandbox = await runSandbox();
    const path = `/channels/${sandbox.general}/messages`;
    const first = (await sandbox.api<Read>('POST', path, { content: 'first' })).body.id;
    const { id } = (await replyTo(sandbox, first)).body;
    const last = (await replyTo(sandbox, id)).body;
    expect(last.referenced_message).toMatchObject({ id, content: 'a reply' });
    expect(last.referenced_message).not.toHaveProperty('referenced_message');
    const read = async () => (await sandbox.api<Read>('GET', `${path}/${id}`)).body.referenced_message;
    const seen = async () => (await seenBy(sandbox, 'Ada')).find((one) => one.id === id)?.referenced_message;
    await sandbox.api('PATCH', `${path}/${first}`, { content: 'mended' });
    expect([await read(), await seen()]).toMatchObject([{ content: 'mended' }, { content: 'mended' }]);
    await sandbox.api('DELETE', `${path}/${first}`);
    expect([await read(), await seen()]).toEqual([null, null]);
  });

  it('do not tell the bot what others said, neither in answers nor by the gateway', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, undefined, {
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    });
    const heard = once(client, Events.Raw);
    const target = await say(sandbox, 'a secret');
    await heard;
    const packets: unknown[] = [];
    client.on(Events.Raw, (packet: unknown) => packets.push(packet));
    const { referenced_message: answered } = (await replyTo(sandbox, target)).body;
    expect(answered).toMatchObject({ id: target, content: '' });
    await expect
      .poll(() => packets)
      .toMatchObject([{ t: 'MESSAGE_CREATE', d: { referenced_message: { id: target, content: '' } } }]);
    expect((await seenBy(sandbox, 'Ada')).at(-1)?.referenced_message?.content).toBe('a secret');
  });

  it('have that in common with the first message of a thread', async () => {
    const sandbox = await runSandbox();
    const path = `/channels/${sandbox.general}/messages`;
    const { id } = (await sandbox.api<Read>('POST', path, { content: 'a paper' })).body;
    await sandbox.api('POST', `${path}/${id}/threads`, { name: 'about it' });
    const starter = async () => (await sandbox.api<Read[]>('GET', `/channels/${id}/messages`)).body[0];
    expect(await starter()).toMatchObject({ type: 21, referenced_message: { id, content: 'a paper' } });
    await sandbox.api('DELETE', `${path}/${id}`);
    expect(await starter()).toMatchObject({ type: 21, referenced_message: null });
  });

  it.each([
    ['without allowed_mentions', {}, ['mika']],
    ['with replied_user', { allowed_mentions: { parse: [], replied_user: true } }, ['mika']],
    ['with allowed_mentions alone', { allowed_mentions: { parse: ['users'] } }, []],
  ])('mention whom they answer: %s', async (_, more, names) => {
    const sandbox = await runSandbox();
    const reply = (await replyTo(sandbox, await say(sandbox, 'x'), more)).body;
    expect(reply.mentions.map(({ username }) => username)).toEqual(names);
    const path = `/channels/${sandbox.general}/messages/${reply.id}`;
    const edited = (await sandbox.api<Read>('PATCH', path, { content: 'y', ...more })).body;
    expect(edited.mentions.map(({ username }) => username)).toEqual(names);
  });

  it('are not taken for what Discord itself said', async () => {
    const sandbox = await runSandbox();
    await sandbox.control('PUT', '/pins', { user: 'Ada', message: await say(sandbox, 'keep') });
    const notice = (await seenBy(sandbox, 'Ada')).at(-1);
    expect(notice?.type).toBe(6);
    expect(await replyTo(sandbox, notice?.id ?? '')).toMatchObject({
      status: 400,
      body: { errors: { message_reference: { _errors: [{ code: 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE' }] } } },
    });
  });

  it('to an ephemeral answer carry it to its reader alone', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(
      sandbox,
      async (interaction) => {
        if (!interaction.isChatInputCommand()) return;
        await interaction.reply({ content: 'for you', flags: MessageFlags.Ephemeral });
        await interaction.followUp('for all');
      },
      { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] },
    );
    await client.application.commands.set([{ name: 'search', description: 'x' }]);
    const heard = once(client, Events.MessageCreate);
    await sandbox.control('POST', '/interactions', { user: 'Mika', channel: 'general', command: 'search' });
    await heard;
    const path = `/channels/${sandbox.general}/messages`;
    const [own, follow] = await seenBy(sandbox, 'Mika');
    expect(follow?.referenced_message?.content).toBe('for you');
    expect(JSON.stringify(await seenBy(sandbox, 'Ada'))).not.toContain('for you');
    expect((await sandbox.api<Read[]>('GET', path)).body).toMatchObject([{ content: 'for all' }]);
    expect((await sandbox.api<Read[]>('GET', path)).body[0]).not.toHaveProperty('referenced_message');
    expect((await replyTo(sandbox, own?.id ?? '')).status).toBe(400);
  });
});
