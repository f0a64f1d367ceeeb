import { ChannelType } from 'discord.js';
import type { Target } from '../domain/target.ts';

/** Media channels take posts as forums do. Source: Discord, resources/channel, Start Thread in Forum or Media Channel (2026-11). */
const kinds: ReadonlyMap<number, Exclude<Target['kind'], 'dm'>> = new Map([
  [ChannelType.GuildText, 'channel'],
  [ChannelType.GuildVoice, 'channel'],
  [ChannelType.GuildStageVoice, 'channel'],
  [ChannelType.AnnouncementThread, 'channel'],
  [ChannelType.PublicThread, 'channel'],
  [ChannelType.PrivateThread, 'channel'],
  [ChannelType.GuildAnnouncement, 'announcement'],
  [ChannelType.GuildForum, 'forum'],
  [ChannelType.GuildMedia, 'forum'],
]);

/** What kind of target a channel of a server is, by Discord's channel type; null where nothing can be posted, as in a category. */
export function kindOfChannel(type: number): Exclude<Target['kind'], 'dm'> | null {
  return kinds.get(type) ?? null;
}
