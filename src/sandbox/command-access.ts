import {
  ApplicationCommandPermissionType as Kind,
  ApplicationIntegrationType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';
import { allChannelsId } from './command-permissions.ts';
import type { CommandPermission } from './command-permissions.ts';
import { ControlError } from './control-error.ts';
import type { Guild } from './guild.ts';
import { isMember } from './guild-store.ts';
import { has } from './permissions.ts';
import type { Place } from './place.ts';
import { demandUnlocked } from './place-rules.ts';
import type { Snowflake } from './snowflake.ts';
import type { Command, SandboxState } from './state.ts';
import { applicationId, bot } from './world.ts';

/**
 * The commands that Discord's client offers in this place. Servers install the bot here, and nobody does so for themselves alone.
 * Source: interactions/application-commands, Contexts.
 */
export function commandsIn(place: Place, state: SandboxState): Command[] {
  return state.commands().filter((command) => {
    const installs = command['integration_types'];
    const isForServers = !Array.isArray(installs) || installs.includes(ApplicationIntegrationType.GuildInstall);
    if (command['guild_id'] === undefined && !isForServers) return false;
    const { guild } = place;
    if (guild !== undefined) {
      if (!isMember(guild, bot.id)) return false;
      if (command['guild_id'] !== undefined) return command['guild_id'] === guild.id;
      return !Array.isArray(command['contexts']) || command['contexts'].includes(0);
    }
    if (command['guild_id'] !== undefined) return false;
    return Array.isArray(command['contexts']) ? command['contexts'].includes(1) : command['dm_permission'] !== false;
  });
}

/**
 * Whether Discord's client would let the person use the command here.
 *
 * @throws ControlError 403 with what stands in the way
 */
export function demandPermission(command: Command, place: Place, state: SandboxState): void {
  const { person, guild, permissions, name } = place;
  if (guild === undefined) return;
  if (command['nsfw'] === true && !isAgeRestricted(place, state)) {
    throw new ControlError(403, `${shown(command)} is for age-restricted channels, which ${name} is not.`);
  }
  demandUnlocked(place, state);
  if (has(permissions, Permission.Administrator)) return;
  if (!has(permissions, Permission.UseApplicationCommands)) {
    throw new ControlError(403, `${person.name} may not use commands in ${name}.`);
  }
  const own = state.commandPermissions.of(guild.id, command.id)?.permissions ?? [];
  const ofAll = state.commandPermissions.of(guild.id, applicationId)?.permissions ?? [];
  const channel = channelOf(place, state);
  if ((channelSays(own, guild, channel) ?? channelSays(ofAll, guild, channel)) === false) {
    throw new ControlError(403, `${shown(command)} is switched off in ${name}.`);
  }
  const isAllowed =
    personSays(own, guild, person.id) ??
    (personSays(ofAll, guild, person.id) !== false && holdsDefault(command, permissions));
  if (isAllowed) return;
  throw new ControlError(
    403,
    `You do not have permission to use this command: ${shown(command)} is not for ${person.name} here.`,
  );
}

/** A command as people call it. */
function shown(command: Command): string {
  return command.type === 1 ? `/${command.name}` : `“${command.name}”`;
}

function isAgeRestricted(place: Place, state: SandboxState): boolean {
  return state.guilds.channel(channelOf(place, state))?.isNsfw === true;
}

/** What is said of a channel holds for its threads. */
function channelOf({ channel }: Place, state: SandboxState): Snowflake {
  return state.guilds.thread(channel)?.parent ?? channel;
}

/** What is said of one channel goes before what is said of all. */
function channelSays(list: readonly CommandPermission[], guild: Guild, channel: Snowflake): boolean | undefined {
  const said = (id: Snowflake) => list.find((one) => one.type === Kind.Channel && one.id === id)?.permission;
  return said(channel) ?? said(allChannelsId(guild.id));
}

/** The person goes first, then any role that allows, then one that denies, then everyone. */
function personSays(list: readonly CommandPermission[], guild: Guild, user: Snowflake): boolean | undefined {
  const ofUser = list.find((one) => one.type === Kind.User && one.id === user);
  if (ofUser !== undefined) return ofUser.permission;
  const roles = guild.members.find((member) => member.user === user)?.roles ?? [];
  const ofRoles = list.filter((one) => one.type === Kind.Role && roles.includes(one.id));
  if (ofRoles.length > 0) return ofRoles.some(({ permission }) => permission);
  return list.find((one) => one.type === Kind.Role && one.id === guild.id)?.permission;
}

/** "0" is for administrators alone. */
function holdsDefault(command: Command, permissions: bigint): boolean {
  const needed = command['default_member_permissions'];
  return typeof needed !== 'string' || (needed !== '0' && has(permissions, BigInt(needed)));
}
