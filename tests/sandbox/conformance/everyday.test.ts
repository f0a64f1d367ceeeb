import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Events,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { Client, Interaction, TextChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

const search = {
  name: 'search',
  description: 'Find papers',
  options: [{ type: 3, name: 'query', description: 'What to look for', required: true, autocomplete: true }],
};
type Reply = { id: string; content: string; flags: number };
type Result = { ackMs: number | null; replies: Reply[]; modal?: { title: string } };

function channelOf(client: Client<true>, sandbox: RunningSandbox): TextChannel {
  const channel = client.channels.cache.get(sandbox.general);
  if (channel?.type !== ChannelType.GuildText) throw new Error('#general is no text channel of the client');
  return channel;
}

async function typeSearch(sandbox: RunningSandbox, query: string, user = 'Mika'): Promise<Result> {
  const body = { user, channel: 'general', command: 'search', options: { query } };
  return (await sandbox.control<Result>('POST', '/interactions', body)).body;
}

describe('discord.js against the sandbox', () => {
  it('logs in and has the server with its channels', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    expect(client.user.username).toBe('Paperboy');
    const guild = client.guilds.cache.get(sandbox.ready.guild);
    expect(guild?.name).toBe('Systems Reading Group');
    expect(guild?.channels.cache.map((channel) => channel.name)).toEqual(
      sandbox.ready.channels.map(({ name }) => name),
    );
    expect(channelOf(client, sandbox).permissionsFor(client.user)?.has('EmbedLinks')).toBe(true);
  });

  it('registers commands, globally and for the server, and reads them back', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const [first] = (await client.application.commands.set([search])).values();
    const [again] = (await client.application.commands.set([search])).values();
    expect(again?.id).toBe(first?.id);
    expect(again?.version).toBe(first?.version);
    await client.application.commands.create({ name: 'paper', description: 'One paper' }, sandbox.ready.guild);
    expect((await client.application.commands.fetch()).map(({ name }) => name)).toEqual(['search']);
    expect((await client.application.commands.fetch({ guildId: sandbox.ready.guild })).map(({ name }) => name)).toEqual(
      ['paper'],
    );
    await client.application.commands.delete(first?.id ?? '');
    expect((await client.application.commands.fetch()).size).toBe(0);
  });

  it('answers a command at once, later, to one person alone, and once more', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const query = interaction.options.getString('query', true);
      if (query === 'now') await interaction.reply('here');
      if (query === 'later') {
        await interaction.deferReply();
        await interaction.editReply('found');
      }
      if (query === 'secret') {
        await interaction.reply({ content: 'for you', flags: MessageFlags.Ephemeral });
        await interaction.followUp('for all');
      }
    });
    await client.application.commands.set([search]);
    expect((await typeSearch(sandbox, 'now')).replies).toMatchObject([{ content: 'here', flags: 0 }]);
    const later = await typeSearch(sandbox, 'later');
    expect(later.replies).toMatchObject([{ content: 'found', flags: 0 }]);
    expect(later.ackMs).toBeTypeOf('number');
    const followed = once(client.rest, 'response');
    const secret = await typeSearch(sandbox, 'secret');
    expect(secret.replies).toMatchObject([{ content: 'for you', flags: MessageFlags.Ephemeral }]);
    await followed;
    const texts = async (path: string) =>
      (await sandbox.control<Reply[]>('GET', path)).body
        .map(({ content }) => content)
        .filter((content) => content !== 'for all');
    const path = `/channels/${sandbox.general}/messages`;
    expect(await texts(`${path}?user=Mika`)).toEqual(['here', 'found', 'for you']);
    expect(await texts(`${path}?user=Ada`)).toEqual(['here', 'found']);
    const forBots = (await sandbox.api<Reply[]>('GET', path)).body.map(({ content }) => content);
    expect(forBots).not.toContain('for you');
  });

  it('answers buttons by an update, and shows and takes a form', async () => {
    const sandbox = await runSandbox();
    const form = new ModalBuilder()
      .setCustomId('form')
      .setTitle('Why?')
      .addComponents(
        new ActionRowBuilder<TextInputBuilder>().addComponents(
          new TextInputBuilder().setCustomId('reason').setLabel('Reason').setStyle(TextInputStyle.Short),
        ),
      );
    const row = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId('up').setLabel('👍').setStyle(ButtonStyle.Secondary),
      new ButtonBuilder().setCustomId('ask').setLabel('Ask').setStyle(ButtonStyle.Primary),
    );
    const client = await logIn(sandbox, async (interaction: Interaction) => {
      if (interaction.isButton() && interaction.customId === 'up')
        await interaction.update(`thanks, ${interaction.user.username}`);
      if (interaction.isButton() && interaction.customId === 'ask') await interaction.showModal(form);
      if (interaction.isModalSubmit() && interaction.isFromMessage()) {
        await interaction.deferUpdate();
        await interaction.editReply(interaction.fields.getTextInputValue('reason'));
      }
    });
    const message = await channelOf(client, sandbox).send({ content: 'a paper', components: [row] });
    const press = async (customId: string) =>
      (await sandbox.control<Result>('POST', '/interactions', { user: 'Ada', message: message.id, customId })).body;
    expect((await press('up')).replies).toMatchObject([{ id: message.id, content: 'thanks, ada' }]);
    expect((await press('ask')).modal).toMatchObject({ title: 'Why?' });
    const filled = { user: 'Ada', customId: 'form', fields: { reason: 'because' } };
    const result = (await sandbox.control<Result>('POST', '/interactions', filled)).body;
    expect(result.replies).toMatchObject([{ id: message.id, content: 'because' }]);
  });

  it('completes an option while it is typed', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      await interaction.respond([{ name: `${name}: ${value}`, value }]);
    });
    await client.application.commands.set([search]);
    const asked = { user: 'Mika', channel: 'general', command: 'search', options: { query: 'fed' }, focused: 'query' };
    expect((await sandbox.control('POST', '/autocomplete', asked)).body).toEqual({
      choices: [{ name: 'query: fed', value: 'fed' }],
    });
  });

  it('sends a message once, however often its nonce comes', async () => {
    const sandbox = await runSandbox();
    const channel = channelOf(await logIn(sandbox), sandbox);
    const first = await channel.send({ content: 'once', nonce: 'd-1', enforceNonce: true });
    const second = await channel.send({ content: 'once', nonce: 'd-1', enforceNonce: true });
    expect(second.id).toBe(first.id);
    expect((await channel.messages.fetch({ cache: false })).size).toBe(1);
  });

  it('resumes after a reconnect that was asked for, and hears what happened meanwhile', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply('still here');
    });
    await client.application.commands.set([search]);
    const resumed = once(client, Events.ShardResume);
    expect((await sandbox.control('POST', '/gateway', { close: 'reconnect' })).body).toEqual({ connections: 1 });
    const result = await typeSearch(sandbox, 'x');
    await resumed;
    expect(result.replies).toMatchObject([{ content: 'still here' }]);
  });

  it('reads and answers a direct message, and is refused by somebody without a common server', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const mika = await client.users.fetch(sandbox.userId('Mika'));
    await mika.send('good morning');
    const [dm] = (await sandbox.control<{ id: string }[]>('GET', '/dms?user=Mika')).body;
    expect((await sandbox.control('GET', `/channels/${dm?.id ?? ''}/messages?user=Mika`)).body).toMatchObject([
      { content: 'good morning' },
    ]);
    const otto = await client.users.fetch(sandbox.userId('Otto'));
    await expect(otto.send('hello')).rejects.toMatchObject({ code: 50278, status: 403 });
  });
});
