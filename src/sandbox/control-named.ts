import { ControlError } from './control-error.ts';
import type { Guild, GuildChannel, Role, Thread } from './guild.ts';
import type { Person } from './person.ts';
import { findChannel } from './place.ts';
import type { SandboxState } from './state.ts';

/**
 * The server with this id or, case aside, this name; the first of several.
 *
 * @throws ControlError 404
 */
export function guildNamed(idOrName: string, state: SandboxState): Guild {
  const wanted = idOrName.toLowerCase();
  const guild = state.guilds.find(idOrName) ?? state.guilds.list().find(({ name }) => name.toLowerCase() === wanted);
  if (guild === undefined) throw new ControlError(404, `There is no server “${idOrName}”.`);
  return guild;
}

/**
 * The channel or thread with this id or name, of the first server that has it.
 *
 * @throws ControlError 404
 */
export function channelNamed(idOrName: string, state: SandboxState): GuildChannel | Thread {
  const channel = findChannel(idOrName, state);
  if (channel === undefined) throw new ControlError(404, `There is no channel “${idOrName}”.`);
  return channel;
}

/**
 * The role of a server with this id or name; the first of several.
 *
 * @throws ControlError 404
 */
export function roleNamed(idOrName: string, guild: Guild): Role {
  const role = findRole(idOrName, guild);
  if (role === undefined) {
    const known = guild.roles.map(({ name }) => name).join(', ');
    throw new ControlError(404, `There is no role “${idOrName}” in “${guild.name}” (there are: ${known}).`);
  }
  return role;
}

export function findRole(idOrName: string, guild: Guild): Role | undefined {
  const wanted = idOrName.toLowerCase();
  return guild.roles.find(({ id }) => id === idOrName) ?? guild.roles.find(({ name }) => name.toLowerCase() === wanted);
}

/**
 * The person or the bot with this id or name.
 *
 * @throws ControlError 404
 */
export function userNamed(idOrName: string, state: SandboxState): Person {
  const person = state.people.find(idOrName);
  if (person === undefined) throw new ControlError(404, `There is no user “${idOrName}”.`);
  return person;
}
