import { ChannelType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { kindOfChannel } from '../../src/discord/channel-kind.ts';

describe('kindOfChannel', () => {
  it('tells places for messages, announcements and posts apart, and what takes nothing', () => {
    expect(kindOfChannel(ChannelType.GuildText)).toBe('channel');
    expect(kindOfChannel(ChannelType.PublicThread)).toBe('channel');
    expect(kindOfChannel(ChannelType.GuildAnnouncement)).toBe('announcement');
    expect(kindOfChannel(ChannelType.GuildForum)).toBe('forum');
    expect(kindOfChannel(ChannelType.GuildMedia)).toBe('forum');
    expect(kindOfChannel(ChannelType.GuildCategory)).toBeNull();
    expect(kindOfChannel(99)).toBeNull();
  });
});
