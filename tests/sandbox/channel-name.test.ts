import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { channelName } from '../../src/sandbox/channel-name.ts';

describe('channelName', () => {
  it.each([
    ['New Papers', 'new-papers'],
    ["What's  up?", 'whats-up'],
    ['snake_case', 'snake_case'],
    ['Über Größe', 'über-größe'],
    ['a - b', 'a-b'],
    ['!!!', '-'],
  ])('makes of “%s” a channel #%s', (given, name) => {
    expect(channelName(given, ChannelType.GuildText)).toBe(name);
  });

  it('leaves categories and voice channels as they are written', () => {
    expect(channelName('Reading Room', ChannelType.GuildCategory)).toBe('Reading Room');
    expect(channelName('Talk!', ChannelType.GuildVoice)).toBe('Talk!');
  });
});
