import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { z } from 'zod';
import { botPermissionsIn } from './access.ts';
import { accessMessage, mayRead } from './access-message.ts';
import { refuse } from './api-error.ts';
import { endpointsBelow, param } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import { maxEmojis } from './limits.ts';
import { has } from './permissions.ts';
import { isSameEmoji, readEmoji } from './reactions.ts';
import type { Emoji } from './reactions.ts';
import { compareSnowflakes } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { demandOpen } from './thread-activity.ts';
import { userObject } from './user-objects.ts';
import { snowflake } from './validate-channel.ts';
import { bot } from './world.ts';

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  after: snowflake.optional(),
});

// People have measured one in a quarter of a second.
const route = endpointsBelow('/channels/:id/messages/:message/reactions', { count: 1, windowMs: 250 });

/** Reactions to messages: the bot's own, those of others, who reacted. */
export function reactionEndpoints(state: SandboxState): Endpoint[] {
  /** The message of the path and the emoji. There are no custom emojis here, so one with an id is unknown. */
  const read = (call: Call, needed = 0n) => {
    const found = accessMessage(state, call, needed);
    if (!mayRead(found.place)) throw refuse(50013);
    return { ...found, emoji: emojiOf(call) };
  };
  return [
    route('PUT', '/:emoji/@me', (call) => {
      const { place, message, emoji } = read(call);
      const reactions = state.reactions.of(message.id);
      const isThere = reactions.some((one) => isSameEmoji(one.emoji, emoji));
      // Joining in needs no right of its own.
      if (!isThere && !has(botPermissionsIn(place), Permission.AddReactions)) throw refuse(50013);
      if (!isThere && reactions.length >= maxEmojis) throw refuse(30010);
      demandOpen(state, place, 'react');
      state.react(message, emoji, bot.id, true);
      return { status: 204 };
    }),
    route('DELETE', '/:emoji/@me', (call) => {
      const { place, message, emoji } = read(call);
      demandOpen(state, place, 'react');
      state.react(message, emoji, bot.id, false);
      return { status: 204 };
    }),
    route('DELETE', '/:emoji/:user', (call) => {
      const user = param(call, 'user');
      const { place, message, emoji } = read(call, user === bot.id ? 0n : Permission.ManageMessages);
      if (place.kind === 'direct' && user !== bot.id) throw refuse(50003);
      demandOpen(state, place, 'react');
      state.react(message, emoji, user, false);
      return { status: 204 };
    }),
    route('GET', '/:emoji', (call) => {
      const { message, emoji } = read(call);
      const { limit, after } = parseForm(pageSchema, Object.fromEntries(call.query));
      const users = state.reactions.of(message.id).find((one) => isSameEmoji(one.emoji, emoji))?.users ?? [];
      const page = users
        .toSorted(compareSnowflakes)
        .filter((user) => after === undefined || compareSnowflakes(user, after) > 0)
        .slice(0, limit);
      return { status: 200, body: page.flatMap((user) => state.people.byId(user) ?? []).map(userObject) };
    }),
    route('DELETE', '', (call) => {
      const { place, message } = accessMessage(state, call, Permission.ManageMessages);
      if (place.kind === 'direct') throw refuse(50003);
      demandOpen(state, place, 'react');
      state.clearReactions(message);
      return { status: 204 };
    }),
    route('DELETE', '/:emoji', (call) => {
      const { place, message, emoji } = read(call, Permission.ManageMessages);
      if (place.kind === 'direct') throw refuse(50003);
      demandOpen(state, place, 'react');
      state.clearReactions(message, emoji);
      return { status: 204 };
    }),
  ];
}

/** @throws ApiError 10014 */
function emojiOf(call: Call): Emoji {
  const emoji = readEmoji(param(call, 'emoji'));
  if (emoji === undefined) throw refuse(10014);
  return emoji;
}
