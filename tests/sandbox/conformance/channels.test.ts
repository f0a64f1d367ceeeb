import { once } from 'node:events';
import { ChannelType, Events, OverwriteType, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { runWithRights } from '../run-with-rights.ts';
import { logIn } from '../running-sandbox.ts';

describe('discord.js and channels', () => {
  it('may not change, delete or create channels by its invitation', async () => {
    const { channel } = await setUp([]);
    await expect(channel.edit({ topic: 'x' })).rejects.toMatchObject({ code: 50013 });
    await expect(channel.delete()).rejects.toMatchObject({ code: 50013 });
    await expect(channel.guild.channels.create({ name: 'x' })).rejects.toMatchObject({ code: 50013 });
    await expect(channel.permissionOverwrites.create(channel.guild.id, { SendMessages: false })).rejects.toMatchObject({
      code: 50013,
    });
  });

  it('changes a channel with the right; the client hears of it', async () => {
    const { client, channel } = await setUp(['ManageChannels']);
    const heard = once(client, Events.ChannelUpdate);
    const edited = await channel.edit({ name: 'New Papers!', topic: 'daily', nsfw: true, rateLimitPerUser: 30 });
    expect(edited).toMatchObject({ name: 'new-papers', topic: 'daily', nsfw: true, rateLimitPerUser: 30 });
    expect((await heard)[1]).toMatchObject({ id: channel.id, name: 'new-papers' });
  });

  it('turns a text channel into an announcement channel and back, and nothing else', async () => {
    const { client, channel } = await setUp(['ManageChannels']);
    expect((await channel.edit({ type: ChannelType.GuildAnnouncement })).type).toBe(ChannelType.GuildAnnouncement);
    expect((await channel.edit({ type: ChannelType.GuildText })).type).toBe(ChannelType.GuildText);
    const forum = { body: { type: ChannelType.GuildForum } };
    await expect(client.rest.patch(`/channels/${channel.id}`, forum)).rejects.toMatchObject({ code: 50024 });
  });

  it('creates channels below a category, which they outlive, and deletes them', async () => {
    const { client, channel } = await setUp(['ManageChannels']);
    const { guild } = channel;
    const category = await guild.channels.create({ name: 'Reading', type: ChannelType.GuildCategory });
    const created = await guild.channels.create({ name: 'ML Papers', parent: category.id, topic: 'x' });
    expect(created).toMatchObject({ name: 'ml-papers', parentId: category.id, type: ChannelType.GuildText });
    const orphaned = once(client, Events.ChannelUpdate);
    await category.delete();
    expect((await orphaned)[1]).toMatchObject({ id: created.id, parentId: null });
    const gone = once(client, Events.ChannelDelete);
    await created.delete();
    expect((await gone)[0]).toMatchObject({ id: created.id });
    await expect(client.channels.fetch(created.id, { force: true })).rejects.toMatchObject({ code: 10003 });
  });

  it('moves channels', async () => {
    const { sandbox, channel } = await setUp(['ManageChannels']);
    await channel.setPosition(0);
    const read = await sandbox.api('GET', `/channels/${channel.id}`);
    expect(read.body).toMatchObject({ position: 0 });
  });

  it('gives and takes permissions that it has, and no others', async () => {
    const { sandbox, channel } = await setUp(['ManageRoles']);
    const mika = sandbox.userId('Mika');
    await channel.permissionOverwrites.create(mika, { SendMessages: false }, { type: OverwriteType.Member });
    const path = `/channels/${channel.id}`;
    const overwrites = async () =>
      (await sandbox.api<{ permission_overwrites: unknown }>('GET', path)).body.permission_overwrites;
    const deny = String(PermissionFlagsBits.SendMessages);
    expect(await overwrites()).toEqual([{ id: mika, type: 1, allow: '0', deny }]);
    const ban = { BanMembers: true };
    await expect(channel.permissionOverwrites.create(mika, ban, { type: 1 })).rejects.toMatchObject({ code: 50013 });
    await sandbox.api('DELETE', `${path}/permissions/${mika}`);
    expect(await overwrites()).toEqual([]);
    expect((await sandbox.api('DELETE', `${path}/permissions/${mika}`)).body).toMatchObject({ code: 10009 });
    const nobody = await sandbox.api('PUT', `${path}/permissions/${sandbox.userId('Otto')}`, { type: 1, allow: '0' });
    expect(nobody.body).toMatchObject({ code: 10009 });
  });
});

async function setUp(rights: Parameters<typeof runWithRights>[0]) {
  const sandbox = await runWithRights(rights);
  const client = await logIn(sandbox);
  const channel = client.channels.cache.get(sandbox.general);
  if (channel?.type !== ChannelType.GuildText) throw new Error('#general is no text channel');
  return { sandbox, client, channel };
}
