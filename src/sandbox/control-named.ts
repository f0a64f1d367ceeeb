import { ControlError } from './control-error.ts';
import type { ForumTag, Guild, GuildChannel, Role, Thread } from './guild.ts';
import type { Person } from './person.ts';
import { findChannel } from './place.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';

/**
 * The server with this id or, case aside, this name; the first of several.
 *
 * @throws ControlError 404
 */
export function guildNamed(idOrName: string, state: SandboxState): Guild {
  const guild = state.guilds.find(idOrName) ?? findNamed(state.guilds.list(), idOrName);
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
  const role = findNamed(guild.roles, idOrName);
  if (role === undefined) {
    const known = guild.roles.map(({ name }) => name).join(', ');
    throw new ControlError(404, `There is no role “${idOrName}” in “${guild.name}” (there are: ${known}).`);
  }
  return role;
}

/**
 * The tag of a forum with this id or name.
 *
 * @throws ControlError 404
 */
export function tagNamed(idOrName: string, forum: GuildChannel): ForumTag {
  const tag = findNamed(forum.tags, idOrName);
  if (tag === undefined) {
    const known = forum.tags.map(({ name }) => name).join(', ') || 'none';
    throw new ControlError(404, `There is no tag “${idOrName}” in #${forum.name} (there are: ${known}).`);
  }
  return tag;
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

/** The one with this id or, case aside, this name; the first of several that fit. */
export function findNamed<T extends { readonly id: Snowflake; readonly name: string }>(
  all: readonly T[],
  idOrName: string,
  fits: (one: T) => boolean = () => true,
): T | undefined {
  const wanted = idOrName.toLowerCase();
  return (
    all.find((one) => one.id === idOrName && fits(one)) ??
    all.find((one) => one.name.toLowerCase() === wanted && fits(one))
  );
}
