import { ChannelType, PermissionFlagsBits as Permission } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { managingRefused, postingRefused } from '../../src/commands/permissions.ts';

const channel = { id: '7', name: 'llm-serving', type: ChannelType.GuildText, permissions: 0n, appPermissions: 0n };

describe('managingRefused', () => {
  it('lets who manages the channel, and administrators, through', () => {
    expect(managingRefused({ ...channel, permissions: Permission.ManageChannels })).toBeNull();
    expect(managingRefused({ ...channel, permissions: Permission.Administrator })).toBeNull();
  });

  it('tells everybody else what they need and what they can do without it', () => {
    expect(managingRefused({ ...channel, permissions: Permission.SendMessages })).toMatch(
      /“Manage Channels” in <#7>.*\/alert add/,
    );
    expect(managingRefused({ ...channel, permissions: null })).not.toBeNull();
  });
});

describe('postingRefused', () => {
  it('names every permission that the bot lacks', () => {
    expect(postingRefused({ ...channel, appPermissions: Permission.ViewChannel })).toContain(
      'I lack “Send Messages” and “Embed Links” there',
    );
  });

  it('asks for the permission of threads in a thread', () => {
    const appPermissions = Permission.ViewChannel | Permission.SendMessages | Permission.EmbedLinks;
    expect(postingRefused({ ...channel, appPermissions })).toBeNull();
    expect(postingRefused({ ...channel, appPermissions, type: ChannelType.PublicThread })).toContain(
      '“Send Messages in Threads”',
    );
  });

  it('has no objection where Discord did not tell', () => {
    expect(postingRefused({ ...channel, appPermissions: null })).toBeNull();
  });
});
