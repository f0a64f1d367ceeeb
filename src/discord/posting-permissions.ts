import { ChannelType, PermissionFlagsBits } from 'discord.js';

/** A permission by the name that Discord's client gives it. */
export type NamedPermission = readonly [name: string, bit: bigint];

const view: NamedPermission = ['View Channel', PermissionFlagsBits.ViewChannel];
const send: NamedPermission = ['Send Messages', PermissionFlagsBits.SendMessages];
const createPosts: NamedPermission = ['Create Posts', PermissionFlagsBits.SendMessages];
const sendInThreads: NamedPermission = ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads];
const embed: NamedPermission = ['Embed Links', PermissionFlagsBits.EmbedLinks];
const readHistory: NamedPermission = ['Read Message History', PermissionFlagsBits.ReadMessageHistory];

const threadTypes: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

const forumTypes: ReadonlySet<number> = new Set([ChannelType.GuildForum, ChannelType.GuildMedia]);

/**
 * What a bot needs to post in a channel of that type; without the first Discord takes away the others too. In a forum the right to send
 * messages is called that to create posts, in an announcement channel it is also that to publish what one has sent.
 */
export function postingPermissions(channelType: number): readonly NamedPermission[] {
  if (threadTypes.has(channelType)) return [view, sendInThreads, embed];
  return [view, forumTypes.has(channelType) ? createPosts : send, embed];
}

/** And to look, after an answer was lost, whether a message has arrived. */
export function carefulPostingPermissions(channelType: number): readonly NamedPermission[] {
  return [...postingPermissions(channelType), readHistory];
}

/** Names of the permissions in `needed` that are not in `permissions`, in their order. */
export function lackingPermissions(permissions: bigint, needed: readonly NamedPermission[]): string[] {
  if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return [];
  return needed.filter(([, bit]) => (permissions & bit) === 0n).map(([name]) => name);
}

/** The address at which somebody with “Manage Server” lets the bot into their server, with what it needs in every kind of channel. */
export function inviteUrl(applicationId: string): string {
  const bits = [view, send, sendInThreads, embed, readHistory].reduce((all, [, bit]) => all | bit, 0n);
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot%20applications.commands&permissions=${bits}`;
}
