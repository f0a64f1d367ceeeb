import { once } from 'node:events';
import { ChannelType, Events } from 'discord.js';
import type { ChatInputCommandInteraction, Client, TextChannel } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

function generalOf(client: Client<true>, sandbox: RunningSandbox): TextChannel {
  const channel = client.channels.cache.get(sandbox.general);
  if (channel?.type !== ChannelType.GuildText) throw new Error('#general is no text channel of the client');
  return channel;
}

/** Changes something by the control API, and waits until the client has heard of it. */
async function act(
  client: Client,
  event: Parameters<typeof once>[1],
  sandbox: RunningSandbox,
  ...request: Parameters<RunningSandbox['control']>
) {
  const heard = once(client, event);
  expect((await sandbox.control(...request)).status).toBe(200);
  await heard;
}

const overwrite = (...overwrites: object[]) => ['PATCH', '/channels/general', { overwrites }] as const;
const group = '/guilds/Systems%20Reading%20Group';

describe('permissions', () => {
  it('let a bot write only where an overwrite does not deny it, and again when it is gone', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const channel = generalOf(client, sandbox);
    await act(client, Events.ChannelUpdate, sandbox, ...overwrite({ id: '@everyone', deny: ['SendMessages'] }));
    // The bot's own role does not allow it, so the denial for everybody holds.
    expect(channel.permissionsFor(client.user)?.has('SendMessages')).toBe(false);
    await expect(channel.send('no')).rejects.toMatchObject({ code: 50013, status: 403 });

    const allowing = [
      { id: '@everyone', deny: ['SendMessages'] },
      { id: 'Paperboy', allow: ['SendMessages'] },
    ];
    await act(client, Events.ChannelUpdate, sandbox, ...overwrite(...allowing));
    expect(channel.permissionsFor(client.user)?.has('SendMessages')).toBe(true);
    await channel.send('by its role');

    const denied = [...allowing, { id: client.user.id, deny: ['SendMessages'] }];
    await act(client, Events.ChannelUpdate, sandbox, ...overwrite(...denied));
    await expect(channel.send('no')).rejects.toMatchObject({ code: 50013 });

    await act(client, Events.ChannelUpdate, sandbox, ...overwrite());
    expect((await channel.send('again')).content).toBe('again');
  });

  it('hide a channel where viewing is denied, whatever else is allowed', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const channel = generalOf(client, sandbox);
    const message = await channel.send('before');
    const hidden = { id: '@everyone', deny: ['ViewChannel'], allow: ['SendMessages'] };
    await act(client, Events.ChannelUpdate, sandbox, ...overwrite(hidden));
    expect(channel.permissionsFor(client.user)?.has('ViewChannel')).toBe(false);
    await expect(channel.send('no')).rejects.toMatchObject({ code: 50001, status: 403 });
    await expect(message.edit('no')).rejects.toMatchObject({ code: 50001 });
    await expect(client.channels.fetch(channel.id, { force: true })).rejects.toMatchObject({ code: 50001 });
    await act(client, Events.ChannelUpdate, sandbox, ...overwrite());
    expect((await message.edit('after')).content).toBe('after');
  });

  it('follow the permissions of roles, of everyone and of an administrator', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const channel = generalOf(client, sandbox);
    const without = { permissions: ['ViewChannel', 'ReadMessageHistory'] };
    await act(client, Events.GuildRoleUpdate, sandbox, 'PATCH', `${group}/roles/@everyone`, without);
    expect(channel.permissionsFor(client.user)?.has('SendMessages')).toBe(true);
    await channel.send('its own role allows it');
    await act(client, Events.GuildRoleUpdate, sandbox, 'PATCH', `${group}/roles/Paperboy`, without);
    expect(channel.permissionsFor(client.user)?.has('SendMessages')).toBe(false);
    await expect(channel.send('no')).rejects.toMatchObject({ code: 50013 });

    await act(client, Events.ChannelUpdate, sandbox, ...overwrite({ id: '@everyone', deny: ['ViewChannel'] }));
    const organiser = ['PUT', `${group}/members/Paperboy`, { roles: ['Organisers'] }] as const;
    await act(client, Events.GuildMemberUpdate, sandbox, ...organiser);
    expect(channel.permissionsFor(client.user)?.has('Administrator')).toBe(true);
    await channel.send('nothing stops an administrator');
    await act(client, Events.GuildMemberUpdate, sandbox, 'PUT', `${group}/members/Paperboy`, { roles: [] });
    expect(channel.guild.members.me?.roles.cache.map(({ name }) => name).toSorted()).toEqual(['@everyone', 'Paperboy']);
    await expect(channel.send('no')).rejects.toMatchObject({ code: 50001 });
  });

  it('come with each interaction, of the bot and of who uses it, as they are in that channel', async () => {
    const sandbox = await runSandbox();
    const heard: ChatInputCommandInteraction[] = [];
    const client = await logIn(sandbox, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      heard.push(interaction);
      await interaction.reply('here');
    });
    await client.application.commands.set([{ name: 'search', description: 'Find papers' }]);
    const overwrites = [
      { id: client.user.id, deny: ['EmbedLinks'] },
      { id: 'Mika', allow: ['ManageMessages'], deny: ['AttachFiles'] },
    ];
    await act(client, Events.ChannelUpdate, sandbox, ...overwrite(...overwrites));
    for (const channel of ['general', 'workflows']) {
      await sandbox.control('POST', '/interactions', { user: 'Mika', channel, command: 'search' });
    }
    const rights = heard.map(({ appPermissions, memberPermissions }) => [
      appPermissions.has('EmbedLinks'),
      memberPermissions?.has('ManageMessages'),
      memberPermissions?.has('AttachFiles'),
    ]);
    expect(rights).toEqual([
      [false, true, false],
      [true, false, true],
    ]);
    const inGeneral = generalOf(client, sandbox).permissionsFor(client.user);
    expect(heard[0]?.appPermissions.bitfield).toBe(inGeneral?.bitfield);
  });

  it('keep direct messages from who takes none and from who shares no server', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const mika = await client.users.fetch(sandbox.userId('Mika'));
    const otto = await client.users.fetch(sandbox.userId('Otto'));
    await mika.send('good morning');
    await sandbox.control('PATCH', '/people/Mika', { takesDirectMessages: false });
    await expect(mika.send('hello?')).rejects.toMatchObject({ code: 50007, status: 403 });
    await sandbox.control('PATCH', '/people/Mika', { takesDirectMessages: true });
    expect((await mika.send('hello')).content).toBe('hello');

    await expect(otto.send('hello')).rejects.toMatchObject({ code: 50278, status: 403 });
    await sandbox.control('PUT', `${group}/members/Otto`);
    expect((await otto.send('welcome')).content).toBe('welcome');
    await sandbox.control('DELETE', `${group}/members/Otto`);
    await expect(otto.send('hello')).rejects.toMatchObject({ code: 50278 });
  });
});
