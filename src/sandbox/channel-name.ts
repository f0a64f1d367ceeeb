import { ChannelType } from 'discord-api-types/v10';
import type { GuildChannelType } from './guild.ts';

/**
 * The name that a channel gets when it is given `name`: of voice channels and categories as it is written, of all others in small
 * letters, with a dash for every run of blanks and without punctuation, as Discord shows them after a #.
 */
export function channelName(name: string, type: GuildChannelType): string {
  if (type === ChannelType.GuildVoice || type === ChannelType.GuildCategory) return name;
  const plain = name
    .toLowerCase()
    .replaceAll(/\s+/g, '-')
    .replaceAll(/[!-,./:-@[-^`{-~]/g, '')
    .replaceAll(/-{2,}/g, '-');
  return plain === '' ? '-' : plain;
}
