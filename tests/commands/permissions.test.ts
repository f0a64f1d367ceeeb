import { ChannelType, PermissionFlagsBits as Permission } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { managingRefused, postingRefused } from '../../src/commands/permissions.ts';

const channel = { id: '7', name: 'llm-serving', type: ChannelType.GuildText, permissions: 0n, appPermissions: 0n };

describe('managingRefused', () => {
  it('lets who manages the channel, and administrators, through', () => {
    expect(managingRefused({ ...channel, permissions: Permission.ManageChannels })).toBeNull();
    expect(managingRefused({ ...channel, permissions: Permission.Administrator })).toBeNull();
  });

  it('tells everybody else what they need', () => {
    expect(managingRefused({ ...channel, permissions: Permission.SendMessages })).toMatch(
      /^You need the permission “Manage Channels” in <#7> for this; please ask somebody who has it\.$/,
    );
    expect(managingRefused({ ...channel, permissions: null })).not.toBeNull();
  });
});

describe('postingRefused', () => {
  it.each([
    [0n, '“View Channel”'],
    [Permission.ViewChannel, '“Send Messages”'],
    [Permission.ViewChannel | Permission.EmbedLinks, '“Send Messages”'],
    [Permission.ViewChannel | Permission.SendMessages, '“Embed Links”'],
  ])('with %d names the permission alone that takes away the others', (appPermissions, name) => {
    expect(postingRefused({ ...channel, appPermissions })).toBe(
      `I cannot post in <#7> yet: I lack ${name} there. Please give me that (channel settings → Permissions), then try again.`,
    );
  });

  it('asks for the permission of threads in a thread', () => {
    const appPermissions = Permission.ViewChannel | Permission.SendMessages | Permission.EmbedLinks;
    expect(postingRefused({ ...channel, appPermissions })).toBeNull();
    expect(postingRefused({ ...channel, appPermissions, type: ChannelType.PublicThread })).toContain(
      '“Send Messages in Threads”',
    );
  });

  it('asks for the permission to post in a forum by the name it has there, and for none of threads', () => {
    const forum = { ...channel, type: ChannelType.GuildForum };
    const see = Permission.ViewChannel | Permission.EmbedLinks;
    expect(postingRefused({ ...forum, appPermissions: see })).toContain('“Create Posts”');
    expect(postingRefused({ ...forum, appPermissions: see | Permission.SendMessages })).toBeNull();
  });

  it('has no objection where Discord did not tell', () => {
    expect(postingRefused({ ...channel, appPermissions: null })).toBeNull();
  });
});
