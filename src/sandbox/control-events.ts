import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { SSEStreamingApi } from 'hono/streaming';
import { placeById } from './access.ts';
import type { JsonObject } from './json.ts';
import { messageFor } from './message-view.ts';
import { has, permissionsIn } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxEvent, SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';

/** A comment that often keeps proxies and browsers from closing a quiet stream. */
const quietMs = 15_000;

/** A reader that has left so much unread is let go; a browser comes back by itself and reads its world anew. */
const maxUnreadCharacters = 8 * 1024 * 1024;

/**
 * Writes what happens, as far as `viewer` may see it, until the reader goes, has too much unread, or `closing` is aborted.
 *
 * @param onConnections calls its listener whenever the bot comes or goes, until its result is called
 */
export async function followEvents(
  stream: SSEStreamingApi,
  viewer: Snowflake | null,
  state: SandboxState,
  closing: AbortSignal,
  onConnections: (listener: () => void) => () => void,
): Promise<void> {
  const over = new AbortController();
  const end = () => over.abort();
  let unread = 0;
  const write = async (text: string) => {
    unread += text.length;
    if (unread > maxUnreadCharacters) end();
    if (over.signal.aborted) return;
    await stream.write(text);
    unread -= text.length;
  };
  const send = (told: JsonObject | null) => {
    if (told !== null) void write(`data: ${JSON.stringify(told)}\n\n`);
  };
  await stream.write(': hello\n\n');
  const unsubscribe = state.subscribe((event) => send(tell(event, viewer, state)));
  const unhear = onConnections(() => send({ type: 'world' }));
  const heartbeat = setInterval(() => void write(': quiet\n\n'), quietMs);
  await new Promise<void>((resolve) => {
    over.signal.addEventListener('abort', () => resolve(), { once: true });
    stream.onAbort(end);
    closing.addEventListener('abort', end, { once: true });
    if (closing.aborted) end();
  });
  clearInterval(heartbeat);
  unsubscribe();
  unhear();
}

/** The event as the page hears it; null where it is not for `viewer`. */
function tell(event: SandboxEvent, viewer: Snowflake | null, state: SandboxState): JsonObject | null {
  switch (event.type) {
    case 'commands':
      return { type: 'commands' };
    case 'dm': {
      const person = state.people.byId(event.channel.user);
      if (person === undefined || (viewer !== null && viewer !== person.id)) return null;
      return { type: 'dm', id: event.channel.id, recipient: userObject(person) };
    }
    case 'typing':
      if (!maySee(event.channel, viewer, state)) return null;
      return { type: 'typing', channel: event.channel, user: event.user };
    case 'messages_delete':
      if (!maySee(event.channel, viewer, state)) return null;
      return { type: 'messages_delete', channel: event.channel, ids: event.ids };
    case 'message_delete':
      if (!maySee(event.channel, viewer, state) || (event.visibleTo !== null && event.visibleTo !== viewer))
        return null;
      return { type: 'message_delete', channel: event.channel, id: event.id };
    case 'message':
    case 'message_update':
    case 'reaction': {
      const channel = event.message.channel_id;
      const only = state.visibleTo(event.message.id);
      if (!maySee(channel, viewer, state) || (only !== null && only !== viewer)) return null;
      const type = event.type === 'message' ? 'message' : 'message_update';
      return { type, channel, message: messageFor(event.message, viewer, state) };
    }
    case 'pins':
      return null;
    // Servers, channels, threads, roles, members, people: the page reads its world anew.
    default:
      return { type: 'world' };
  }
}

/** Whether `viewer` can open the channel, thread or private channel; null can open every one. */
export function maySee(channel: Snowflake, viewer: Snowflake | null, state: SandboxState): boolean {
  const place = placeById(state, channel);
  if (place === undefined) return false;
  if (viewer === null) return true;
  if (place.kind === 'direct') return place.direct.user === viewer;
  const spot = place.kind === 'thread' ? place.thread : place.channel;
  return has(permissionsIn(place.guild, viewer, spot), Permission.ViewChannel);
}
