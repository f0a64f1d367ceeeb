import { ChannelType, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { z } from 'zod';
import { accessChannel, botPermissionsIn, sendingIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import { systemMessage } from './build-message.ts';
import { threadMemberObject } from './channel-objects.ts';
import { endpointsBelow, param } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import { isMember } from './guild-store.ts';
import type { JsonObject } from './json.ts';
import { has, permissionsIn } from './permissions.ts';
import { compareSnowflakes } from './snowflake.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { demandSeat, settleThread } from './thread-activity.ts';
import { memberObject, userObject } from './user-objects.ts';
import { snowflake } from './validate-channel.ts';
import { bot } from './world.ts';

type ThreadAccess = Extract<ChannelAccess, { kind: 'thread' }>;

const isAsked = z
  .enum(['true', 'false', '1', '0'])
  .default('false')
  .transform((value) => value === 'true' || value === '1');
const oneSchema = z.object({ with_member: isAsked });
const listSchema = z.object({
  with_member: isAsked,
  limit: z.coerce.number().int().min(1).max(100).default(100),
  after: snowflake.optional(),
});

const route = endpointsBelow('/channels/:id/thread-members');

/** Who is in a thread, who comes and who goes. */
export function threadMemberEndpoints(state: SandboxState): Endpoint[] {
  const threadOf = (call: Call): ThreadAccess => {
    const place = accessChannel(state, param(call, 'id'));
    if (place.kind !== 'thread') throw refuse(50024);
    return place;
  };
  /** For what archived threads refuse. */
  const openThreadOf = (call: Call): ThreadAccess => {
    const place = threadOf(call);
    if (settleThread(state, place.thread).isArchived) throw refuse(50083);
    return place;
  };
  /** Says in the thread that the bot brought or removed somebody else. */
  const announce = (place: ThreadAccess, type: MessageType, user: Snowflake) => {
    const person = state.people.byId(user);
    if (person === undefined) return;
    const extra = { mentions: [userObject(person)] };
    state.addMessage(systemMessage(state, { channel: place.id, author: bot, type, extra }), null);
  };
  const join = (call: Call) => {
    const place = openThreadOf(call);
    const user = userOf(call);
    if (user !== bot.id) demandInvitation(place, user, state);
    if (place.thread.members.includes(user)) return { status: 204 };
    demandSeat(place.thread);
    state.guilds.joinThread(place.id, user);
    if (user !== bot.id) announce(place, MessageType.RecipientAdd, user);
    return { status: 204 };
  };
  const leave = (call: Call) => {
    const place = openThreadOf(call);
    const user = userOf(call);
    if (user !== bot.id && !mayRemove(place)) throw refuse(50013);
    if (!place.thread.members.includes(user)) {
      if (user === bot.id) return { status: 204 };
      throw refuse(10007);
    }
    if (user !== bot.id) announce(place, MessageType.RecipientRemove, user);
    state.guilds.leaveThread(place.id, user);
    return { status: 204 };
  };
  const one = (call: Call) => {
    const place = threadOf(call);
    const user = userOf(call);
    if (!place.thread.members.includes(user)) throw refuse(10007);
    const { with_member: isFull } = parseForm(oneSchema, Object.fromEntries(call.query));
    return { status: 200, body: memberIn(place, user, isFull, state) };
  };
  const list = (call: Call) => {
    const place = threadOf(call);
    const { with_member: isFull, limit, after } = parseForm(listSchema, Object.fromEntries(call.query));
    const { members } = place.thread;
    // Only who asks for members as well gets pages.
    const shown = isFull
      ? members
          .toSorted(compareSnowflakes)
          .filter((user) => after === undefined || compareSnowflakes(user, after) > 0)
          .slice(0, limit)
      : members;
    return { status: 200, body: shown.map((user) => memberIn(place, user, isFull, state)) };
  };
  return [
    route('GET', '', list),
    ...['/@me', '/:user'].flatMap((path) => [
      route('GET', path, one),
      route('PUT', path, join),
      route('DELETE', path, leave),
    ]),
  ];
}

/** Whom the path names; nobody but the bot is `@me`. */
function userOf(call: Call): Snowflake {
  return call.params['user'] ?? bot.id;
}

/**
 * Checks that the bot may bring `user` into the thread.
 *
 * @throws ApiError 50013, 10007 where the person is not in the server, 50001 where they cannot see the channel
 */
function demandInvitation(place: ThreadAccess, user: Snowflake, state: SandboxState): void {
  const { guild, thread } = place;
  const held = botPermissionsIn(place);
  if (!has(held, sendingIn(place))) throw refuse(50013);
  const isClosed = thread.type === ChannelType.PrivateThread && !thread.isInvitable && thread.owner !== bot.id;
  if (isClosed && !has(held, Permission.ManageThreads)) throw refuse(50013);
  if (!isMember(guild, user)) throw refuse(10007);
  if (!has(permissionsIn(guild, user, state.guilds.channel(thread.parent)), Permission.ViewChannel))
    throw refuse(50001);
}

function mayRemove(place: ThreadAccess): boolean {
  const { type, owner } = place.thread;
  const isOwn = type === ChannelType.PrivateThread && owner === bot.id;
  return isOwn || has(botPermissionsIn(place), Permission.ManageThreads);
}

function memberIn({ thread, guild }: ThreadAccess, user: Snowflake, isFull: boolean, state: SandboxState): JsonObject {
  const member = guild.members.find((one) => one.user === user);
  const person = state.people.byId(user);
  const more = isFull && member !== undefined && person !== undefined ? { member: memberObject(member, person) } : {};
  return { ...threadMemberObject(thread, user), ...more };
}
