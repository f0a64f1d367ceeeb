import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { Guild, GuildChannel, Overwrite, Thread } from './guild.ts';
import type { Snowflake } from './snowflake.ts';

const everything = Object.values(Permission).reduce((all, bit) => all | bit, 0n);

/** What nobody has who may not send. Source: topics/permissions, Implicit Permissions. */
const needsSending =
  Permission.MentionEveryone | Permission.SendTTSMessages | Permission.AttachFiles | Permission.EmbedLinks;

/** What both sides may do in a private channel. */
export const directPermissions =
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.AddReactions |
  Permission.UseExternalEmojis |
  Permission.UseApplicationCommands |
  Permission.PinMessages;

/**
 * What `user` may do in the server, or in one of its channels or threads; 0n for who is not in it.
 * Source: topics/permissions, Permission Overwrites and Implicit Permissions.
 */
export function permissionsIn(guild: Guild, user: Snowflake, place?: GuildChannel | Thread): bigint {
  const member = guild.members.find((one) => one.user === user);
  if (member === undefined) return 0n;
  if (guild.owner === user) return everything;
  const held = guild.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id));
  const base = held.reduce((bits, role) => bits | BigInt(role.permissions), 0n);
  if (has(base, Permission.Administrator)) return everything;
  if (place === undefined) return base;
  const isThread = 'autoArchive' in place;
  const channel = isThread ? guild.channels.find((one) => one.id === place.parent) : place;
  const overwrites = channel?.overwrites ?? [];
  const forEveryone = overwrites.filter((one) => one.type === 0 && one.id === guild.id);
  const forRoles = overwrites.filter((one) => one.type === 0 && member.roles.includes(one.id));
  const forMember = overwrites.filter((one) => one.type === 1 && one.id === user);
  const bits = [forEveryone, forRoles, forMember].reduce(overwritten, base);
  const isForeign =
    isThread &&
    place.type === ChannelType.PrivateThread &&
    !place.members.includes(user) &&
    !has(bits, Permission.ManageThreads);
  if (!has(bits, Permission.ViewChannel) || isForeign) return 0n;
  return has(bits, isThread ? Permission.SendMessagesInThreads : Permission.SendMessages) ? bits : bits & ~needsSending;
}

/** True where `bits` hold every bit of `wanted`. */
export function has(bits: bigint, wanted: bigint): boolean {
  return (bits & wanted) === wanted;
}

/** Denials of one level first, then what it allows. */
function overwritten(bits: bigint, level: readonly Overwrite[]): bigint {
  const denied = level.reduce((all, one) => all | BigInt(one.deny), 0n);
  const allowed = level.reduce((all, one) => all | BigInt(one.allow), 0n);
  return (bits & ~denied) | allowed;
}
