import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import type { Guild, GuildChannel, Thread } from './guild.ts';
import { isMember } from './guild-store.ts';
import { directPermissions, has, permissionsIn } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { DirectChannel, SandboxState } from './state.ts';
import { bot } from './world.ts';

/** Where something is to happen, as far as the bot may know of it. */
export type ChannelAccess =
  | { readonly kind: 'channel'; readonly id: Snowflake; readonly guild: Guild; readonly channel: GuildChannel }
  | { readonly kind: 'thread'; readonly id: Snowflake; readonly guild: Guild; readonly thread: Thread }
  | { readonly kind: 'direct'; readonly id: Snowflake; readonly direct: DirectChannel };

/**
 * The channel, thread or private channel `id`, which the bot must be able to see and where it must hold every bit of `needed`.
 *
 * @throws ApiError 10003 there is none, 50001 the bot cannot see it, 50013 it lacks a right there
 */
export function accessChannel(state: SandboxState, id: Snowflake, needed = 0n): ChannelAccess {
  const place = placeById(state, id);
  if (place === undefined) throw refuse(10003);
  if (place.kind === 'direct') return place;
  const held = botPermissionsIn(place);
  if (!has(held, Permission.ViewChannel)) throw refuse(50001);
  if (!has(held, needed)) throw refuse(50013);
  return place;
}

/**
 * The server `id`, which the bot must be in and where it must hold every bit of `needed`.
 *
 * @throws ApiError 10004 there is none that the bot is in, 50013 it lacks a right there
 */
export function accessGuild(state: SandboxState, id: Snowflake, needed = 0n): Guild {
  const guild = state.guilds.find(id);
  if (guild === undefined || !isMember(guild, bot.id)) throw refuse(10004);
  if (!has(permissionsIn(guild, bot.id), needed)) throw refuse(50013);
  return guild;
}

/** The right to write in `place`: threads have one of their own. */
export function sendingIn(place: ChannelAccess): bigint {
  return place.kind === 'thread' ? Permission.SendMessagesInThreads : Permission.SendMessages;
}

/** What `user` may do in `place`; in a private channel everything that is possible there. */
export function permissionsAt(place: ChannelAccess, user: Snowflake): bigint {
  if (place.kind === 'direct') return directPermissions;
  return permissionsIn(place.guild, user, place.kind === 'thread' ? place.thread : place.channel);
}

/** What the bot may do in `place`. */
export function botPermissionsIn(place: ChannelAccess): bigint {
  return permissionsAt(place, bot.id);
}

/** Whatever has this id and can hold messages, seen by nobody in particular. */
export function placeById(state: SandboxState, id: Snowflake): ChannelAccess | undefined {
  const guild = state.guilds.ofChannel(id);
  if (guild === undefined) {
    const direct = state.directChannel(id);
    return direct === undefined ? undefined : { kind: 'direct', id, direct };
  }
  const channel = state.guilds.channel(id);
  if (channel !== undefined) return { kind: 'channel', id, guild, channel };
  const thread = state.guilds.thread(id);
  return thread === undefined ? undefined : { kind: 'thread', id, guild, thread };
}
