import { once } from 'node:events';
import { ChannelType, Events, GatewayIntentBits } from 'discord.js';
import type { Client, ClientEvents, GuildTextBasedChannel, Interaction, Role } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { logIn, runSandbox } from '../running-sandbox.ts';
import type { RunningSandbox } from '../running-sandbox.ts';

type Thing = { id: string };
const group = '/guilds/Systems%20Reading%20Group';

/** Does something by the control API; gives its answer and what discord.js made of the event that follows. */
async function act<E extends keyof ClientEvents>(
  client: Client,
  event: E,
  sandbox: RunningSandbox,
  ...request: Parameters<RunningSandbox['control']>
): Promise<{ body: Thing; heard: ClientEvents[E] }> {
  const heard = new Promise<ClientEvents[E]>((resolve) => {
    client.once(event, (...told) => resolve(told));
  });
  const { status, body } = await sandbox.control<Thing>(...request);
  expect({ status, body }).toMatchObject({ status: 200 });
  return { body, heard: await heard };
}

const channelsOf = (client: Client, sandbox: RunningSandbox) =>
  client.guilds.cache.get(sandbox.ready.guild)?.channels.cache.map(({ name }) => name);

async function generalOf(client: Client, sandbox: RunningSandbox): Promise<GuildTextBasedChannel> {
  const channel = await client.channels.fetch(sandbox.general);
  if (channel?.type !== ChannelType.GuildText) throw new Error('#general is no text channel of the client');
  return channel;
}

const outage = (isUnavailable: boolean) => ['POST', `${group}/outage`, { isUnavailable }] as const;

const answer = async (interaction: Interaction) => {
  if (interaction.isChatInputCommand()) await interaction.reply('still here');
};

describe('servers', () => {
  it('throw the bot out and invite it again, with the same channels and without its commands', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const guildId = sandbox.ready.guild;
    await client.application.commands.create({ name: 'search', description: 'Everywhere' });
    await client.application.commands.create({ name: 'paper', description: 'Here' }, guildId);
    const before = channelsOf(client, sandbox);
    const general = await generalOf(client, sandbox);
    const role = general.guild.members.me?.roles.botRole?.id;

    const thrown = await act(client, Events.GuildDelete, sandbox, 'DELETE', `${group}/members/Paperboy`);
    expect(thrown.heard[0].id).toBe(guildId);
    expect(client.guilds.cache.size).toBe(0);
    await expect(general.send('hello?')).rejects.toMatchObject({ code: 50001, status: 403 });
    await expect(client.guilds.fetch(guildId)).rejects.toMatchObject({ code: 10004, status: 404 });
    await expect(client.application.commands.fetch({ guildId })).rejects.toMatchObject({ code: 50001, status: 403 });
    expect((await sandbox.control('DELETE', `${group}/members/Paperboy`)).body).toEqual({
      message: 'Paperboy is not in “Systems Reading Group”.',
    });

    const back = await act(client, Events.GuildCreate, sandbox, 'PUT', `${group}/members/Paperboy`);
    expect(back.heard[0].members.me?.roles.botRole).toMatchObject({ name: 'Paperboy', managed: true });
    expect(back.heard[0].members.me?.roles.botRole?.id).not.toBe(role);
    expect(channelsOf(client, sandbox)).toEqual(before);
    expect((await (await generalOf(client, sandbox)).send('back')).content).toBe('back');
    expect((await client.application.commands.fetch({ guildId })).size).toBe(0);
    expect((await client.application.commands.fetch()).size).toBe(1);
  });

  it('come, change and go', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const made = await sandbox.control<Thing & { channels: Thing[] }>('POST', '/guilds', { name: 'Night Readers' });
    const path = `/guilds/${made.body.id}`;
    expect((await sandbox.api('GET', path)).body).toMatchObject({ code: 10004 });
    const { heard } = await act(client, Events.GuildCreate, sandbox, 'PUT', `${path}/members/Paperboy`);
    expect(heard[0]).toMatchObject({ id: made.body.id, name: 'Night Readers', memberCount: 2 });
    expect(heard[0].channels.cache.map(({ id }) => id)).toEqual(made.body.channels.map(({ id }) => id));
    const change = { name: 'Day Readers', locale: 'de' };
    const [, next] = (await act(client, Events.GuildUpdate, sandbox, 'PATCH', path, change)).heard;
    expect(next).toMatchObject({ name: 'Day Readers', preferredLocale: 'de' });
    const gone = await act(client, Events.GuildDelete, sandbox, 'DELETE', path);
    expect(gone.heard[0].name).toBe('Day Readers');
    expect((await sandbox.api('GET', `/channels/${made.body.channels[0]?.id ?? ''}`)).body).toMatchObject({
      code: 10003,
    });
  });

  it('vanish from the gateway in an outage, while REST and interactions go on, and come back', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox, answer);
    await client.application.commands.set([{ name: 'search', description: 'Find papers' }]);
    const lost = await act(client, Events.GuildUnavailable, sandbox, ...outage(true));
    expect(lost.heard[0]).toMatchObject({ id: sandbox.ready.guild, available: false });
    expect((await sandbox.api('POST', `/channels/${sandbox.general}/messages`, { content: 'sent' })).status).toBe(200);
    const typed = { user: 'Mika', channel: 'general', command: 'search' };
    expect((await sandbox.control('POST', '/interactions', typed)).body).toMatchObject({
      replies: [{ content: 'still here' }],
    });
    // Renamed meanwhile, of which nobody hears before the end.
    await sandbox.control('PATCH', '/channels/general', { name: 'talk' });
    expect(channelsOf(client, sandbox)).toContain('general');

    // Who logs in during the outage is ready without the server.
    const late = await logIn(sandbox, answer);
    expect(late.guilds.cache.map(({ available }) => available)).toEqual([false]);
    const lateBack = once(late, Events.GuildAvailable);
    await act(client, Events.GuildAvailable, sandbox, ...outage(false));
    await lateBack;
    for (const one of [client, late]) expect(channelsOf(one, sandbox)).toContain('talk');
  });

  it('tell of channels that are made, changed and removed', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const make = (body: object) => act(client, Events.ChannelCreate, sandbox, 'POST', `${group}/channels`, body);
    const category = await make({ name: 'Reading Rooms', type: 'category' });
    const room = await make({ name: 'Room One', topic: 'Quiet.', parent: 'reading rooms' });
    expect(room.heard[0]).toMatchObject({ name: 'room-one', topic: 'Quiet.', parentId: category.body.id });
    expect(client.channels.cache.get(room.body.id)?.type).toBe(ChannelType.GuildText);
    const path = '/channels/room-one';
    const [, slower] = (await act(client, Events.ChannelUpdate, sandbox, 'PATCH', path, { slowmode: 30, topic: null }))
      .heard;
    expect(slower).toMatchObject({ rateLimitPerUser: 30, topic: null });
    const [, news] = (await act(client, Events.ChannelUpdate, sandbox, 'PATCH', path, { type: 'announcement' })).heard;
    expect(news.type).toBe(ChannelType.GuildAnnouncement);
    const [, orphan] = (await act(client, Events.ChannelUpdate, sandbox, 'DELETE', '/channels/Reading%20Rooms')).heard;
    expect(orphan).toMatchObject({ id: room.body.id, parentId: null });
    await act(client, Events.ChannelDelete, sandbox, 'DELETE', path);
    expect(client.channels.cache.has(room.body.id)).toBe(false);
    await expect(client.channels.fetch(room.body.id)).rejects.toMatchObject({ code: 10003, status: 404 });
  });

  it('tell of the tags of a forum', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const body = { name: 'posts', type: 'forum', requireTag: true, tags: [{ name: 'a', emoji: '⭐' }, { name: 'b' }] };
    const [forum] = (await act(client, Events.ChannelCreate, sandbox, 'POST', `${group}/channels`, body)).heard;
    if (forum.type !== ChannelType.GuildForum) throw new Error('no forum was made');
    expect(forum.flags.has('RequireTag')).toBe(true);
    expect(forum.availableTags).toMatchObject([{ name: 'a', emoji: { name: '⭐' } }, { name: 'b' }]);
    const ids = forum.availableTags.map(({ id }) => id);
    const change = { tags: [{ name: 'b', moderated: true }, { name: 'c' }], requireTag: false };
    const [, next] = (await act(client, Events.ChannelUpdate, sandbox, 'PATCH', '/channels/posts', change)).heard;
    if (next.type !== ChannelType.GuildForum) throw new Error('the forum became something else');
    expect(next.availableTags).toMatchObject([{ id: ids[1], name: 'b', moderated: true }, { name: 'c' }]);
    expect(next.flags.has('RequireTag')).toBe(false);
  });

  it('tell of roles that are made, changed and removed', async () => {
    const sandbox = await runSandbox();
    const client = await logIn(sandbox);
    const body = { name: 'Curators', permissions: ['ManageMessages', 'ViewChannel'], color: '#d98c3f' };
    const { heard } = await act(client, Events.GuildRoleCreate, sandbox, 'POST', `${group}/roles`, body);
    expect(heard[0]).toMatchObject({ name: 'Curators', color: 0xd98c3f });
    expect(heard[0].permissions.toArray().toSorted()).toEqual(['ManageMessages', 'ViewChannel']);
    await sandbox.control('PUT', `${group}/members/Mika`, { roles: ['curators'] });
    await sandbox.control('PATCH', '/channels/general', { overwrites: [{ id: 'Curators', deny: ['SendMessages'] }] });
    const refused = await sandbox.control('POST', '/messages', { user: 'Mika', channel: 'general', content: 'x' });
    expect(refused).toMatchObject({ status: 403, body: { message: 'Mika may not write in #general.' } });
    const path = `${group}/roles/Curators`;
    const updated: [Role, Role] = (
      await act(client, Events.GuildRoleUpdate, sandbox, 'PATCH', path, { permissions: [], color: 0 })
    ).heard;
    expect(updated[1]).toMatchObject({ name: 'Curators', color: 0 });
    expect(updated[1].permissions.bitfield).toBe(0n);
    await act(client, Events.GuildRoleDelete, sandbox, 'DELETE', path);
    const { body: channel } = await sandbox.api('GET', `/channels/${sandbox.general}`);
    expect(channel).toMatchObject({ permission_overwrites: [] });
    expect(
      (await sandbox.api('GET', `/guilds/${sandbox.ready.guild}/members/${sandbox.userId('Mika')}`)).body,
    ).toMatchObject({ roles: [] });
  });

  it('tell of reactions, pins, edits and deletions by people', async () => {
    const sandbox = await runSandbox();
    const { Guilds, GuildMessages, GuildMessageReactions } = GatewayIntentBits;
    const client = await logIn(sandbox, undefined, { intents: [Guilds, GuildMessages, GuildMessageReactions] });
    const message = await (await generalOf(client, sandbox)).send('a paper');
    const star = { user: 'Mika', message: message.id, emoji: '⭐' };
    const added = await act(client, Events.MessageReactionAdd, sandbox, 'PUT', '/reactions', star);
    const [reaction, by] = added.heard;
    expect(reaction).toMatchObject({ count: 1, me: false });
    expect(by).toMatchObject({ username: 'mika' });
    expect(added.body).toMatchObject({ reactions: [{ emoji: { name: '⭐' }, count: 1, me: true }] });
    await act(client, Events.MessageReactionRemove, sandbox, 'DELETE', '/reactions', star);
    expect(message.reactions.cache.size).toBe(0);

    await act(client, Events.ChannelPinsUpdate, sandbox, 'PUT', '/pins', { user: 'Ada', message: message.id });
    expect(message.pinned).toBe(true);
    await act(client, Events.ChannelPinsUpdate, sandbox, 'DELETE', '/pins', { user: 'Ada', message: message.id });
    expect(message.pinned).toBe(false);

    const said = { user: 'Mika', channel: 'general', content: `hello <@${client.user.id}>` };
    const spoken = await act(client, Events.MessageCreate, sandbox, 'POST', '/messages', said);
    const path = `/messages/${spoken.body.id}`;
    const edit = { user: 'Mika', content: `good morning <@${client.user.id}>` };
    const [, edited] = (await act(client, Events.MessageUpdate, sandbox, 'PATCH', path, edit)).heard;
    expect(edited.content).toBe(edit.content);
    expect(edited.editedTimestamp).not.toBeNull();
    const [gone] = (await act(client, Events.MessageDelete, sandbox, 'DELETE', `${path}?user=Ada`)).heard;
    expect(gone.id).toBe(spoken.body.id);
  });
});

/** Of the servers that the bot is in, page by page. */
async function idsOf(sandbox: RunningSandbox): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const after = ids.length === 0 ? '' : `&after=${ids.at(-1) ?? ''}`;
    const page = (await sandbox.api<Thing[]>('GET', `/users/@me/guilds?limit=200${after}`)).body;
    expect(page.length).toBeLessThanOrEqual(200);
    if (page.length === 0) return ids;
    ids.push(...page.map(({ id }) => id));
  }
}

describe('many servers', () => {
  it('are listed in pages, with ids that are the same at each start', async () => {
    const first = await idsOf(await runSandbox({ guilds: 450 }));
    expect(new Set(first).size).toBe(451);
    expect(await idsOf(await runSandbox({ guilds: 450 }))).toEqual(first);
  });

  it('are all there for a client with one shard', async () => {
    const sandbox = await runSandbox({ guilds: 100 });
    const client = await logIn(sandbox);
    expect(client.guilds.cache.size).toBe(101);
    expect(client.guilds.cache.every(({ available }) => available)).toBe(true);
    expect(
      client.guilds.cache
        .filter(({ name }) => name.startsWith('Reading Circle'))
        .every(({ channels }) => channels.cache.map(({ name }) => name).join() === 'papers,chat,news'),
    ).toBe(true);
  });
});
