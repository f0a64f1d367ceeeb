import { OverwriteType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import type { Guild, GuildChannel, Overwrite } from './guild.ts';
import { isMember } from './guild-store.ts';
import { has, permissionsIn } from './permissions.ts';
import type { OverwriteForm } from './validate-channel.ts';
import { bot } from './world.ts';

/** The overwrites that a request asks for; what they leave out is allowed and denied to nobody. */
export function overwritesFrom(forms: readonly OverwriteForm[], guild: Guild): Overwrite[] {
  return forms.map(({ id, type, allow, deny }) => {
    const isRole = guild.roles.some((role) => role.id === id);
    return {
      id,
      type: type ?? (isRole ? OverwriteType.Role : OverwriteType.Member),
      allow: allow ?? '0',
      deny: deny ?? '0',
    };
  });
}

/**
 * Checks that the bot may change the overwrites of `channel` (of one that is to come: undefined) from `before` to `next`.
 *
 * @throws ApiError 50013 without MANAGE_ROLES, or for a permission that the bot has not itself; 10009 for nobody's overwrite
 */
export function demandOverwrites(
  guild: Guild,
  channel: GuildChannel | undefined,
  before: readonly Overwrite[],
  next: readonly Overwrite[],
): void {
  const held = permissionsIn(guild, bot.id, channel);
  if (channel !== undefined && !has(held, Permission.ManageRoles)) throw refuse(50013);
  const ofRole: number = OverwriteType.Role;
  const isKnown = ({ id, type }: Overwrite) =>
    type === ofRole ? guild.roles.some((role) => role.id === id) : isMember(guild, id);
  if (!next.every(isKnown)) throw refuse(10009);
  const changed = [...before, ...next].reduce((all, { id }) => {
    const was = before.find((one) => one.id === id);
    const is = next.find((one) => one.id === id);
    const allowed = BigInt(was?.allow ?? 0) ^ BigInt(is?.allow ?? 0);
    return all | allowed | (BigInt(was?.deny ?? 0) ^ BigInt(is?.deny ?? 0));
  }, 0n);
  if (!has(held, changed) && !managesRolesByOverwrite(guild, before)) throw refuse(50013);
}

/** Who was given MANAGE_ROLES in the channel itself may give there what they have not. */
function managesRolesByOverwrite(guild: Guild, overwrites: readonly Overwrite[]): boolean {
  const roles = guild.members.find(({ user }) => user === bot.id)?.roles ?? [];
  return overwrites.some(
    ({ id, allow }) => (id === bot.id || roles.includes(id)) && has(BigInt(allow), Permission.ManageRoles),
  );
}
