import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { accessChannel, botPermissionsIn, sendingIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import { buildMessage, editMessage } from './build-message.ts';
import { param } from './endpoint.ts';
import type { Call, Endpoint, Limit } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import { parseForm } from './form-errors.ts';
import type { Message } from './message.ts';
import { createNonces } from './nonces.ts';
import { has } from './permissions.ts';
import { sharesServer } from './place.ts';
import { replyTo } from './reply.ts';
import { compareSnowflakes } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { parseMessage } from './validate-message.ts';
import { bot } from './world.ts';

/** What people have measured of Discord for each channel; see the headers for the truth of the day. */
const perChannel: Limit = { count: 5, windowMs: 5_000 };

const id = z
  .string()
  .regex(/^\d{1,20}$/)
  .optional();
const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: id,
  after: id,
  around: id,
});

/** Messages of a channel: read, send, edit, delete, and the sign that somebody types. */
export function messageEndpoints(state: SandboxState, files: FileStore): Endpoint[] {
  const nonces = createNonces(state);
  const channelOf = (call: Call): string => accessChannel(state, param(call, 'id')).id;
  /** The message that the path names; an ephemeral one is unknown here. */
  const messageOf = (call: Call): Message => {
    const message = state.findMessage(channelOf(call), param(call, 'message'));
    if (message === undefined || state.visibleTo(message.id) !== null) throw refuse(10008);
    return message;
  };
  const send = (call: Call): Message => {
    const channel = param(call, 'id');
    const place = accessChannel(state, channel);
    if (place.kind !== 'direct' && !has(botPermissionsIn(place), sendingIn(place))) throw refuse(50013);
    const payload = parseMessage(call.body);
    demandReachable(state, place);
    const earlier = payload.enforce_nonce === true ? nonces.find(bot.id, payload.nonce) : undefined;
    if (earlier !== undefined) {
      const message = state.findMessage(earlier.channel, earlier.id);
      // It was sent, and deleted since: Discord says so rather than send it again.
      if (message === undefined) throw refuse(10008);
      return message;
    }
    const extra = payload.message_reference ? replyTo(state, channel, payload.message_reference) : {};
    const message = buildMessage(state, files, { channel, author: bot, payload, files: call.files, extra });
    nonces.remember(message);
    state.addMessage(message, null);
    return message;
  };

  return [
    route('GET', '/messages', perChannel, (call) => {
      const messages = state.visibleMessages(channelOf(call), null);
      const page = parseForm(pageSchema, Object.fromEntries(call.query));
      return { status: 200, body: pageOf(messages, page) };
    }),
    route('GET', '/messages/:message', { count: 30, windowMs: 10_000 }, (call) => ({
      status: 200,
      body: messageOf(call),
    })),
    route('POST', '/messages', perChannel, (call) => ({ status: 200, body: send(call) })),
    route('PATCH', '/messages/:message', perChannel, (call) => {
      const message = messageOf(call);
      const payload = parseMessage(call.body, { isV2: (message.flags & MessageFlags.IsComponentsV2) !== 0 });
      if (message.author.id !== bot.id) throw refuse(50005);
      const edited = editMessage(state, files, message, payload, call.files);
      state.replaceMessage(edited);
      return { status: 200, body: edited };
    }),
    route('DELETE', '/messages/:message', { count: 5, windowMs: 1_000 }, (call) => {
      const message = messageOf(call);
      // Deleting what others wrote needs MANAGE_MESSAGES, which the bot was not given.
      if (message.author.id !== bot.id) throw refuse(50013);
      state.removeMessage(message.channel_id, message.id);
      return { status: 204 };
    }),
    route('POST', '/typing', perChannel, (call) => {
      state.typing(channelOf(call), bot.id);
      return { status: 204 };
    }),
  ];
}

/** @throws ApiError 50278 where the person of a private channel shares no server with the bot, 50007 where they take no messages */
function demandReachable(state: SandboxState, place: ChannelAccess): void {
  if (place.kind !== 'direct') return;
  const person = state.people.byId(place.direct.user);
  if (person === undefined || !sharesServer(state, person.id)) throw refuse(50278);
  if (!person.takesDirectMessages) throw refuse(50007);
}

/** One page, youngest first; `after` gives those that follow it directly, `around` half before and half after. */
function pageOf(messages: readonly Message[], page: z.infer<typeof pageSchema>): Message[] {
  const { limit, before, after, around } = page;
  const younger = (than: string) => messages.filter((message) => compareSnowflakes(message.id, than) > 0);
  const older = (than: string) => messages.filter((message) => compareSnowflakes(message.id, than) < 0);
  if (around !== undefined) {
    const half = Math.floor(limit / 2);
    const itself = messages.filter((message) => message.id === around);
    const preceding = older(around);
    return [
      ...preceding.slice(Math.max(0, preceding.length - half)),
      ...itself,
      ...younger(around).slice(0, half),
    ].toReversed();
  }
  if (after !== undefined) return younger(after).slice(0, limit).toReversed();
  return (before === undefined ? messages : older(before)).slice(-limit).toReversed();
}

function route(method: Endpoint['method'], path: string, limit: Limit, handle: Endpoint['handle']): Endpoint {
  return { method, path: `/channels/:id${path}`, access: 'bot', limit, handle };
}
