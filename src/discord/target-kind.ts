import type { ChannelType } from 'discord.js';
import type { Target } from '../domain/target.ts';

/** Discord's numbers; its enumeration would load the whole library for the command line. */
const kinds = new Map<number, Exclude<Target['kind'], 'dm'>>([
  [0 satisfies ChannelType.GuildText, 'channel'],
  [2 satisfies ChannelType.GuildVoice, 'channel'],
  [5 satisfies ChannelType.GuildAnnouncement, 'announcement'],
  // Messages of threads are not published to other servers.
  [10 satisfies ChannelType.AnnouncementThread, 'channel'],
  [11 satisfies ChannelType.PublicThread, 'channel'],
  [12 satisfies ChannelType.PrivateThread, 'channel'],
  [13 satisfies ChannelType.GuildStageVoice, 'channel'],
  [15 satisfies ChannelType.GuildForum, 'forum'],
]);

/** What posts to a channel of this type of Discord's have to be; null where none can go. A media channel wants a picture with each. */
export function targetKind(channelType: number): Exclude<Target['kind'], 'dm'> | null {
  return kinds.get(channelType) ?? null;
}
