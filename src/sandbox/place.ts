import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { placeById } from './access.ts';
import { ControlError } from './control-error.ts';
import type { Guild, GuildChannel, Thread } from './guild.ts';
import { isMember } from './guild-store.ts';
import { directPermissions, has, permissionsIn } from './permissions.ts';
import type { Person } from './person.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { bot } from './world.ts';

/** No name is longer, its # included. */
const maxNameLength = 101;

/** Who acts where, and with which rights. */
export type Place = {
  readonly person: Person;
  readonly channel: Snowflake;
  /** As people call it: `#general`, or `the private channel`. */
  readonly name: string;
  /** Undefined in a private channel. */
  readonly guild: Guild | undefined;
  /** What the person may do there. */
  readonly permissions: bigint;
};

/**
 * The person that can be played with this id or name.
 *
 * @throws ControlError 404
 */
export function personOf(user: string, state: SandboxState): Person {
  const person = user.length > maxNameLength ? undefined : state.people.find(user);
  if (person === undefined || person.role === 'bot') throw new ControlError(404, `There is no user “${shown(user)}”.`);
  return person;
}

/**
 * Where `user` acts: a channel or thread by id or name (of the first server that has it); `@me` is the private one with the bot, opened
 * when needed.
 *
 * @throws ControlError 404 where there is none, 403 where the person cannot see it
 */
export function placeOf(user: string, channel: string, state: SandboxState): Place {
  const person = personOf(user, state);
  const id =
    channel === '@me' && sharesServer(state, person.id)
      ? state.openDirectChannel(person.id).id
      : (findChannel(channel, state)?.id ?? channel);
  const place = placeById(state, id);
  if (place === undefined || (place.kind === 'direct' && place.direct.user !== person.id)) {
    throw new ControlError(404, `There is no channel “${shown(channel)}” that ${person.name} can see.`);
  }
  if (place.kind === 'direct') {
    if (!sharesServer(state, person.id)) throw new ControlError(403, `${person.name} shares no server with the bot.`);
    return { person, channel: id, name: 'the private channel', guild: undefined, permissions: directPermissions };
  }
  const { guild } = place;
  const spot = place.kind === 'thread' ? place.thread : place.channel;
  const name = `#${spot.name}`;
  const permissions = permissionsIn(guild, person.id, spot);
  if (!isMember(guild, person.id)) {
    throw new ControlError(403, `${person.name} is not in this server and cannot see ${name}.`);
  }
  if (!has(permissions, Permission.ViewChannel)) throw new ControlError(403, `${person.name} cannot see ${name}.`);
  return { person, channel: id, name, guild, permissions };
}

/** The channel or thread with this id or name; a leading # is allowed. The first server goes first. */
export function findChannel(idOrName: string, state: SandboxState): GuildChannel | Thread | undefined {
  const byId = state.guilds.channel(idOrName) ?? state.guilds.thread(idOrName);
  if (byId !== undefined) return byId;
  // No name to look for, in every server there is.
  if (state.directChannel(idOrName) !== undefined || idOrName.length > maxNameLength) return undefined;
  const wanted = idOrName.replace(/^#/, '').toLowerCase();
  for (const { id, channels } of state.guilds.list()) {
    const found = [...channels, ...state.guilds.threadsOf(id)].find(({ name }) => name.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether there is a server that both the person and the bot are in. */
export function sharesServer(state: SandboxState, user: Snowflake): boolean {
  return state.guilds.list().some((guild) => isMember(guild, user) && isMember(guild, bot.id));
}

/** A name as an error repeats it: all of it, unless it can be none. */
function shown(name: string): string {
  return name.length > maxNameLength ? `${name.slice(0, maxNameLength)}…` : name;
}
