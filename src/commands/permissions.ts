import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { ChannelSeen } from '../discord/command.ts';

const threadTypes: ReadonlySet<number> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/** A sentence for somebody who may not decide what a channel receives; null for who may, by “Manage Channels” there. */
export function managingRefused(channel: ChannelSeen): string | null {
  if (has(channel.permissions ?? 0n, PermissionFlagsBits.ManageChannels)) return null;
  return `You need the permission “Manage Channels” in <#${channel.id}> for this. Ask somebody who has it, or use \`/alert add\`: that sends papers to you alone.`;
}

/** A sentence for a channel in which the bot cannot post; null where it can, or where Discord did not tell. */
export function postingRefused(channel: ChannelSeen): string | null {
  const { appPermissions } = channel;
  if (appPermissions === null) return null;
  const send = threadTypes.has(channel.type)
    ? (['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads] as const)
    : (['Send Messages', PermissionFlagsBits.SendMessages] as const);
  const needed = [
    ['View Channel', PermissionFlagsBits.ViewChannel],
    send,
    ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ] as const;
  const missing = needed.flatMap(([name, bit]) => (has(appPermissions, bit) ? [] : [`“${name}”`]));
  if (missing.length === 0) return null;
  return `I cannot post in <#${channel.id}> yet: I lack ${missing.join(' and ')} there. Please give me that (channel settings → Permissions), then try again.`;
}

function has(permissions: bigint, bit: bigint): boolean {
  return (permissions & (bit | PermissionFlagsBits.Administrator)) !== 0n;
}
