import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Asked, ChannelSeen } from '../discord/command.ts';
import { lackingPermissions, postingPermissions } from '../discord/posting-permissions.ts';

/** Types of channel that not everybody who sees the channel around them sees. */
const privateTypes: ReadonlySet<number> = new Set([ChannelType.PrivateThread]);

/** A sentence for somebody who may not decide what a channel receives; null for who may, by “Manage Channels” there. */
export function managingRefused(channel: ChannelSeen): string | null {
  if (has(channel.permissions ?? 0n, PermissionFlagsBits.ManageChannels)) return null;
  return `You need the permission “Manage Channels” in <#${channel.id}> for this; please ask somebody who has it.`;
}

/**
 * A sentence for somebody who may not decide what the channel `channelId` receives, wherever it is; null for who may. Nobody manages a
 * channel that is gone, so there it takes “Manage Server”.
 */
export function managingElsewhereRefused(asked: Asked, channelId: string): string | null {
  const channel = asked.lookUp(channelId);
  if (channel !== null) return managingRefused(channel);
  if (managesServer(asked)) return null;
  return 'That channel is gone, or I cannot see it. You need the permission “Manage Server” for this; please ask somebody who has it.';
}

/** Whether the asker sees the channel `channelId`, and so may know what is posted there. */
export function maySee(asked: Asked, channelId: string): boolean {
  if (channelId === asked.channel.id) return true;
  const channel = asked.lookUp(channelId);
  if (channel === null) return managesServer(asked);
  // Who is in a private thread is not ours to know; who manages threads sees all of them.
  const needed = privateTypes.has(channel.type)
    ? [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.ManageThreads]
    : [PermissionFlagsBits.ViewChannel];
  return needed.every((bit) => has(channel.permissions ?? 0n, bit));
}

/** No channel can give or take this permission, so that the one asked in tells it for the whole server. */
function managesServer({ channel }: Asked): boolean {
  return has(channel.permissions ?? 0n, PermissionFlagsBits.ManageGuild);
}

/**
 * A sentence for a channel in which the bot cannot post; null where it can, or where Discord did not tell. It names the first permission
 * that is missing: without it Discord takes away those after it too, so they may come back with it.
 */
export function postingRefused(channel: ChannelSeen): string | null {
  const { appPermissions } = channel;
  if (appPermissions === null) return null;
  const [missing] = lackingPermissions(appPermissions, postingPermissions(channel.type));
  if (missing === undefined) return null;
  return `I cannot post in <#${channel.id}> yet: I lack “${missing}” there. Please give me that (channel settings → Permissions), then try again.`;
}

function has(permissions: bigint, bit: bigint): boolean {
  return (permissions & (bit | PermissionFlagsBits.Administrator)) !== 0n;
}
