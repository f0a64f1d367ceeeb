import { OverwriteType, PermissionFlagsBits } from 'discord.js';

/** Bits are Discord's decimal strings. */
export type Overwrite = {
  readonly id: string;
  readonly type: OverwriteType;
  readonly allow: string;
  readonly deny: string;
};

export type GuildRights = {
  readonly id: string;
  readonly ownerId: string;
  readonly roles: readonly { readonly id: string; readonly permissions: string }[];
};

const all = PermissionFlagsBits.Administrator;

/**
 * What a member may do in a channel, given the channel's overwrites (of a thread: those of the channel around it). Who is owner or
 * administrator has `Administrator`, which stands for all.
 *
 * Source: https://docs.discord.com/developers/topics/permissions, Permission Overwrites.
 */
export function effectivePermissions(
  guild: GuildRights,
  member: { readonly id: string; readonly roles: readonly string[] },
  overwrites: readonly Overwrite[],
): bigint {
  if (guild.ownerId === member.id) return all;
  const held = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
  const base = held.reduce((bits, { permissions }) => bits | BigInt(permissions), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return all;
  const ofRole = (isMeant: (id: string) => boolean) =>
    overwrites.filter(({ type, id }) => type === OverwriteType.Role && isMeant(id));
  const levels = [
    ofRole((id) => id === guild.id),
    ofRole((id) => id !== guild.id && member.roles.includes(id)),
    overwrites.filter(({ type, id }) => type === OverwriteType.Member && id === member.id),
  ];
  return levels.reduce(overwritten, base);
}

/** What a level denies first, then what it allows. */
function overwritten(bits: bigint, level: readonly Overwrite[]): bigint {
  const denied = level.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
  const allowed = level.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
  return (bits & ~denied) | allowed;
}
