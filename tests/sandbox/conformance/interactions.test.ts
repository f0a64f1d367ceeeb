import { once } from 'node:events';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ChannelType,
  ContainerBuilder,
  Events,
  MentionableSelectMenuBuilder,
  MessageFlags,
  RoleSelectMenuBuilder,
  SectionBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  UserSelectMenuBuilder,
} from 'discord.js';
import type { Client, MessageActionRowComponentBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { runListening } from '../listening-sandbox.ts';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';
import { savedWorld, threadId } from '../saved-world.ts';

type Reply = { id: string; content: string; flags: number; attachments: { filename: string; url: string }[] };
type Result = { replies: Reply[]; modal?: object };

const use = (sandbox: RunningSandbox, body: object) =>
  sandbox.control<Result>('POST', '/interactions', { user: 'Mika', channel: 'general', ...body });

const seenBy = async (sandbox: RunningSandbox, user: string) =>
  (await sandbox.control<Reply[]>('GET', `/channels/${sandbox.general}/messages?user=${user}`)).body;

const rowOf = (...components: MessageActionRowComponentBuilder[]) =>
  new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(...components);
const button = (id: string) => new ButtonBuilder().setCustomId(id).setLabel(id).setStyle(ButtonStyle.Primary);

const card = (text: string) =>
  new ContainerBuilder().addSectionComponents(
    new SectionBuilder()
      .addTextDisplayComponents(new TextDisplayBuilder().setContent(text))
      .setButtonAccessory(button(text === 'one' ? 'now' : 'later')),
  );

const generalOf = (client: Client, sandbox: RunningSandbox) => {
  const channel = client.channels.cache.get(sandbox.general);
  if (channel?.type !== ChannelType.GuildText) throw new Error('no #general');
  return channel;
};

describe('answers to interactions', () => {
  it('are deferred, filled in with files, followed, edited and deleted', async () => {
    const sandbox = await runSandbox();
    const done = Promise.withResolvers<unknown>();
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      const original = await interaction.editReply({
        content: 'found',
        files: [{ attachment: Buffer.from('a,b'), name: 'papers.csv' }],
      });
      const follow = await interaction.followUp('more');
      await interaction.webhook.editMessage(follow.id, 'even more');
      const fetched = await interaction.fetchReply();
      await interaction.deleteReply();
      const gone = await interaction.fetchReply().catch((error: unknown) => error);
      done.resolve({ same: fetched.id === original.id, gone });
    });
    await client.application.commands.set([{ name: 'search', description: 'x' }]);
    const { replies } = (await use(sandbox, { command: 'search' })).body;
    expect(replies).toMatchObject([{ content: 'found', attachments: [{ filename: 'papers.csv' }] }]);
    expect(await done.promise).toMatchObject({ same: true, gone: { code: 10008 } });
    expect((await seenBy(sandbox, 'Mika')).map(({ content }) => content)).toEqual(['even more']);
  });

  it('are for one person alone where the first answer said so, and can be taken back', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('for you');
    });
    await client.application.commands.set([{ name: 'search', description: 'x' }]);
    const { replies } = (await use(sandbox, { command: 'search' })).body;
    expect(replies).toMatchObject([{ content: 'for you', flags: MessageFlags.Ephemeral }]);
    expect((await seenBy(sandbox, 'Mika')).map(({ content }) => content)).toEqual(['for you']);
    expect(await seenBy(sandbox, 'Ada')).toEqual([]);
  });

  it('give back what became of them when asked to', async () => {
    const sandbox = await runSandbox();
    const answers: unknown[] = [];
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { resource, interaction: told } = await interaction.reply({ content: 'x', withResponse: true });
      answers.push({ content: resource?.message?.content, isLoading: told.responseMessageLoading });
    });
    await client.application.commands.set([{ name: 'search', description: 'x' }]);
    await use(sandbox, { command: 'search' });
    await expect.poll(() => answers).toEqual([{ content: 'x', isLoading: false }]);
  });

  it('update the message of a button, also one of Components V2, at once or later', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isButton()) return;
      if (interaction.customId === 'now') await interaction.update({ components: [card('two')] });
      if (interaction.customId !== 'later') return;
      await interaction.deferUpdate();
      await interaction.editReply({ components: [card('three')] });
    });
    const message = await generalOf(client, sandbox).send({
      components: [card('one')],
      flags: MessageFlags.IsComponentsV2,
    });
    const press = async (customId: string) =>
      JSON.stringify((await use(sandbox, { message: message.id, customId })).body.replies);
    expect(await press('now')).toContain('"two"');
    expect(await press('later')).toContain('"three"');
    expect((await use(sandbox, { message: message.id, customId: 'now' })).body).toEqual({
      message: 'This interaction failed: the message has no component with the custom id “now”.',
    });
  });

  it('hear what was chosen in selects of every kind', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.reply(interaction.values.join(' '));
      if (interaction.isUserSelectMenu())
        await interaction.reply(interaction.members.map(({ user }) => user?.username).join());
      if (interaction.isRoleSelectMenu()) await interaction.reply(interaction.roles.map(({ name }) => name).join());
      if (interaction.isMentionableSelectMenu()) {
        await interaction.reply(`${String(interaction.users.size)} ${String(interaction.roles.size)}`);
      }
      if (interaction.isChannelSelectMenu()) {
        const [channel] = interaction.channels.values();
        await interaction.reply(channel !== undefined && 'name' in channel ? String(channel.name) : 'none');
      }
    });
    const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
    const message = await generalOf(client, sandbox).send({
      components: [
        rowOf(new StringSelectMenuBuilder().setCustomId('text').setMaxValues(2).addOptions(options)),
        rowOf(new UserSelectMenuBuilder().setCustomId('user').setDefaultUsers(sandbox.userId('Ada'))),
        rowOf(new RoleSelectMenuBuilder().setCustomId('role')),
        rowOf(new MentionableSelectMenuBuilder().setCustomId('any').setMaxValues(2)),
        rowOf(new ChannelSelectMenuBuilder().setCustomId('channel').addChannelTypes(ChannelType.GuildAnnouncement)),
      ],
    });
    const choose = async (customId: string, values?: string[]) => {
      const { body, status } = await use(sandbox, { message: message.id, customId, values });
      return status === 200 ? body.replies.map(({ content }) => content) : body;
    };
    expect(await choose('text', ['a', 'c'])).toEqual(['a c']);
    expect(await choose('text', ['a', 'b', 'c'])).toEqual({ message: 'The select “text” takes 1 to 2 values, not 3.' });
    expect(await choose('text', ['a', 'a'])).toEqual({ message: 'The select “text” takes each value once.' });
    expect(await choose('user')).toEqual(['ada']);
    expect(await choose('user', ['Otto'])).toEqual({ message: 'The select “user” finds no user “Otto”.' });
    expect(await choose('role', ['Organisers'])).toEqual(['Organisers']);
    expect(await choose('any', ['Ada', 'Organisers'])).toEqual(['1 1']);
    expect(await choose('channel', ['announcements'])).toEqual(['announcements']);
    expect(await choose('channel', ['general'])).toEqual({
      message: 'The select “channel” takes another kind of channel than “general”.',
    });
  });

  it('work in a private channel with the bot', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply(String(interaction.inGuild()));
    });
    await client.application.commands.set([{ name: 'help', description: 'x' }]);
    const result = await use(sandbox, { command: 'help', channel: '@me' });
    expect(result.body.replies).toMatchObject([{ content: 'false' }]);
  });

  it('hear the thread that they are wanted in', async () => {
    const { sandbox, hear } = await runListening({ stateFile: savedWorld() });
    const heard = await hear({ command: 'alert add', channel: threadId, options: { query: 'x', channel: 'talk' } });
    const thread = { id: threadId, parent_id: sandbox.general, thread_metadata: { archived: false } };
    expect(heard).toMatchObject({ channel: thread, data: { resolved: { channels: { [threadId]: thread } } } });
  });

  it('tell the client of the user, the channel and the bot’s rights', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    await client.application.commands.set([{ name: 'help', description: 'x' }]);
    const heard = once(client, Events.InteractionCreate);
    const used = use(sandbox, { command: 'help' });
    const [interaction] = await heard;
    expect(interaction).toMatchObject({
      locale: 'en-US',
      guildLocale: 'en-US',
      context: 0,
      attachmentSizeLimit: 10_485_760,
    });
    expect(interaction.appPermissions.has('SendMessages')).toBe(true);
    expect(interaction.memberPermissions.has('Administrator')).toBe(false);
    await interaction.reply('x');
    await used;
  });

  it.each([
    ['an update of a command', 7, { content: 'x' }, 'type'],
    ['a pong', 1, undefined, 'type'],
    ['the retired premium answer', 10, undefined, 'type'],
    ['an Activity', 12, undefined, 'type'],
    ['suggestions for a command', 8, { choices: [] }, 'type'],
    ['more than EPHEMERAL on a promise', 5, { flags: 64 | 32_768 }, 'data'],
    ['an empty form', 9, { custom_id: 'x', title: 'x', components: [] }, 'data'],
  ])('are refused: %s', async (_what, type, data, where) => {
    const { sandbox, gateway, use: run } = await runListening();
    const done = run({ command: 'alert list' });
    const heard = (await gateway.next<{ id: string; token: string }>()).d;
    const path = `/interactions/${heard.id}/${heard.token}/callback`;
    expect(await sandbox.api('POST', path, { type, data })).toMatchObject({
      status: 400,
      body: { code: 50035, errors: { [where]: expect.anything() } },
    });
    // A refused answer is none: the bot may try again.
    expect((await sandbox.api('POST', path, { type: 4, data: { content: 'x' } })).status).toBe(204);
    await done;
  });

  it('are refused under tokens that are not theirs', async () => {
    const { sandbox, application, hear } = await runListening();
    const heard = await hear({ command: 'alert list' });
    const edit = (path: string) => sandbox.api('PATCH', `/webhooks/${path}`, { content: 'y' });
    expect((await edit(`${application}/nonsense/messages/@original`)).body).toMatchObject({ code: 50027 });
    expect((await edit(`1/${heard.token}/messages/@original`)).body).toMatchObject({ code: 10015 });
    expect((await edit(`${application}/${heard.token}/messages/1`)).body).toMatchObject({ code: 10008 });
    const callback = `/interactions/1/${heard.token}/callback`;
    expect((await sandbox.api('POST', callback, { type: 5 })).body).toMatchObject({ code: 10062 });
  });
});
