import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { z } from 'zod';
import { accessChannel } from './access.ts';
import { accessMessage, mayRead } from './access-message.ts';
import { refuse } from './api-error.ts';
import { param, usualLimit } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import { discordTime, isSystemMessage } from './message.ts';
import { readableByBot } from './message-content.ts';
import { pinNotice } from './pin-notice.ts';
import type { SandboxState } from './state.ts';
import { demandOpen } from './thread-activity.ts';
import { bot } from './world.ts';

/** Pinned messages of one channel. Source: resources/message, Pin Message. */
const maxPins = 250;

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(50),
  before: z.iso.datetime({ offset: true }).optional(),
});

/** The board of a channel, at its present address and at the older one. */
export function pinEndpoints(state: SandboxState): Endpoint[] {
  const pinned = (call: Call) => {
    const place = accessChannel(state, param(call, 'id'));
    if (!mayRead(place)) return [];
    return state.pins
      .of(place.id)
      .toReversed()
      .flatMap(({ message: id, pinnedMs }) => {
        const message = state.findPublic(place.id, id);
        return message === undefined ? [] : [{ pinnedMs, message: readableByBot(message, state) }];
      });
  };
  const pin = (call: Call) => {
    const { place, message } = accessMessage(state, call, Permission.PinMessages);
    if (isSystemMessage(message)) throw refuse(50021);
    demandOpen(state, place, 'edit');
    if (message.pinned) return { status: 204 };
    if (state.pins.of(place.id).length >= maxPins) throw refuse(30003);
    state.pin(message, true);
    state.addMessage(pinNotice(message, bot, state), null);
    return { status: 204 };
  };
  const unpin = (call: Call) => {
    const { place, message } = accessMessage(state, call, Permission.PinMessages);
    demandOpen(state, place, 'edit');
    state.pin(message, false);
    return { status: 204 };
  };
  return [
    route('GET', '/messages/pins', (call) => {
      const { limit, before } = parseForm(pageSchema, Object.fromEntries(call.query));
      const older = pinned(call).filter(({ pinnedMs }) => before === undefined || pinnedMs < Date.parse(before));
      const items: JsonObject[] = older
        .slice(0, limit)
        .map(({ pinnedMs, message }) => ({ pinned_at: discordTime(pinnedMs), message }));
      return { status: 200, body: { items, has_more: older.length > limit } };
    }),
    route('PUT', '/messages/pins/:message', pin),
    route('DELETE', '/messages/pins/:message', unpin),
    route('GET', '/pins', (call) => ({
      status: 200,
      body: pinned(call)
        .slice(0, 50)
        .map(({ message }) => message),
    })),
    route('PUT', '/pins/:message', pin),
    route('DELETE', '/pins/:message', unpin),
  ];
}

function route(method: Endpoint['method'], path: string, handle: Endpoint['handle']): Endpoint {
  return { method, path: `/channels/:id${path}`, access: 'bot', limit: usualLimit, handle };
}
