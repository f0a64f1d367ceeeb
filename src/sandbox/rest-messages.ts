import { ChannelType, MessageFlags, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { z } from 'zod';
import { accessChannel, botPermissionsIn, sendingIn } from './access.ts';
import { accessMessage, mayRead } from './access-message.ts';
import { refuse } from './api-error.ts';
import { editMessage } from './build-message.ts';
import { param } from './endpoint.ts';
import type { Endpoint, Limit } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import { parseForm } from './form-errors.ts';
import type { Message } from './message.ts';
import { readableByBot } from './message-content.ts';
import { createNonces } from './nonces.ts';
import { has } from './permissions.ts';
import { demandText, sendMessage, withShownEmbeds } from './send-message.ts';
import { compareSnowflakes, snowflakeAt } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { demandOpen } from './thread-activity.ts';
import { snowflake } from './validate-channel.ts';
import { parseMessage } from './validate-message.ts';
import { bot } from './world.ts';

/** What people have measured of Discord for each channel; see the headers for the truth of the day. */
const perChannel: Limit = { count: 5, windowMs: 5_000 };

/** Older messages go one by one. Source: resources/message, Bulk Delete Messages. */
const bulkAgeMs = 14 * 24 * 3_600_000;

const pageSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  before: snowflake.optional(),
  after: snowflake.optional(),
  around: snowflake.optional(),
});
const bulkSchema = z.object({ messages: z.array(snowflake) });

/** Messages of a channel: read, send, edit, publish, delete, and the sign that somebody types. */
export function messageEndpoints(state: SandboxState, files: FileStore): Endpoint[] {
  const nonces = createNonces(state);
  return [
    route('GET', '/messages', perChannel, (call) => {
      // A forum and a category hold no messages, and say so by an empty list.
      const place = accessChannel(state, param(call, 'id'));
      const page = parseForm(pageSchema, Object.fromEntries(call.query));
      // Who may not read the history is not refused, but finds none.
      const messages = mayRead(place) ? state.visibleMessages(place.id, null) : [];
      return { status: 200, body: pageOf(messages, page).map((one) => readableByBot(one, state)) };
    }),
    route('GET', '/messages/:message', { count: 30, windowMs: 10_000 }, (call) => {
      const { place, message } = accessMessage(state, call);
      if (!mayRead(place)) throw refuse(50013);
      return { status: 200, body: readableByBot(message, state) };
    }),
    route('POST', '/messages', perChannel, (call) => ({
      status: 200,
      body: readableByBot(sendMessage(call, { state, files, nonces }), state),
    })),
    route('PATCH', '/messages/:message', perChannel, (call) => {
      const { place, message } = accessMessage(state, call);
      const payload = parseMessage(call.body, { isV2: (message.flags & MessageFlags.IsComponentsV2) !== 0 });
      if (message.author.id !== bot.id) throw refuse(50005);
      demandOpen(state, place, 'edit');
      const held = botPermissionsIn(place);
      const edited = editMessage(state, files, message, withShownEmbeds(payload, held), call.files);
      state.replaceMessage(edited);
      return { status: 200, body: readableByBot(edited, state) };
    }),
    // People have measured ten an hour; the refusal's wait is then up to an hour long.
    route('POST', '/messages/:message/crosspost', { count: 10, windowMs: 3_600_000 }, (call) => {
      const { place, message } = accessMessage(state, call);
      if (place.kind !== 'channel' || place.channel.type !== ChannelType.GuildAnnouncement) throw refuse(50024);
      const isOwn = message.author.id === bot.id;
      const needed = Permission.SendMessages | (isOwn ? 0n : Permission.ManageMessages);
      if (!has(botPermissionsIn(place), needed)) throw refuse(50013);
      if ((message.flags & MessageFlags.Crossposted) !== 0) throw refuse(40033);
      const published = { ...message, flags: message.flags | MessageFlags.Crossposted };
      state.replaceMessage(published);
      return { status: 200, body: readableByBot(published, state) };
    }),
    route('POST', '/messages/bulk-delete', { count: 1, windowMs: 1_000 }, (call) => {
      const place = accessChannel(state, param(call, 'id'), Permission.ManageMessages);
      if (place.kind === 'direct') throw refuse(50003);
      const { messages } = parseForm(bulkSchema, call.body);
      const ids = new Set(messages);
      if (messages.length < 2 || messages.length > 100 || ids.size < messages.length) throw refuse(50016);
      const oldest = snowflakeAt(state.now() - bulkAgeMs);
      if (messages.some((one) => compareSnowflakes(one, oldest) < 0)) throw refuse(50034);
      demandOpen(state, place, 'delete');
      const known = messages.filter((one) => state.findPublic(place.id, one) !== undefined);
      if (known.length > 0) state.removeMessages(place.id, known);
      return { status: 204 };
    }),
    route('DELETE', '/messages/:message', { count: 5, windowMs: 1_000 }, (call) => {
      const { place, message } = accessMessage(state, call);
      if (message.author.id !== bot.id) {
        if (place.kind === 'direct') throw refuse(50003);
        if (!has(botPermissionsIn(place), Permission.ManageMessages)) throw refuse(50013);
      }
      demandOpen(state, place, 'delete');
      state.removeMessage(message.channel_id, message.id);
      return { status: 204 };
    }),
    route('POST', '/typing', perChannel, (call) => {
      const place = accessChannel(state, param(call, 'id'));
      demandText(place);
      if (place.kind !== 'direct' && !has(botPermissionsIn(place), sendingIn(place))) throw refuse(50013);
      state.typing(place.id, bot.id);
      return { status: 204 };
    }),
  ];
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
