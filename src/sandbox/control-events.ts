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

/** Writes what happens, as far as `viewer` may see it, until the reader goes or `closing` is aborted. */
export async function followEvents(
  stream: SSEStreamingApi,
  viewer: Snowflake | null,
  state: SandboxState,
  closing: AbortSignal,
): Promise<void> {
  const send = (event: SandboxEvent) => {
    const told = tell(event, viewer, state);
    if (told !== null) void stream.writeSSE({ data: JSON.stringify(told) });
  };
  await stream.write(': hello\n\n');
  const unsubscribe = state.subscribe(send);
  const heartbeat = setInterval(() => void stream.write(': quiet\n\n'), quietMs);
  await new Promise<void>((resolve) => {
    stream.onAbort(resolve);
    closing.addEventListener('abort', () => resolve(), { once: true });
    if (closing.aborted) resolve();
  });
  clearInterval(heartbeat);
  unsubscribe();
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
