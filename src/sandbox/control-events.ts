import type { SSEStreamingApi } from 'hono/streaming';
import type { JsonObject } from './json.ts';
import { userObject } from './objects.ts';
import type { SandboxEvent, SandboxState } from './state.ts';
import { findPerson } from './world.ts';

/** A comment that often keeps proxies and browsers from closing a quiet stream. */
const quietMs = 15_000;

/** Writes what happens, as far as `viewer` may see it, until the reader goes or `closing` is aborted. */
export async function followEvents(
  stream: SSEStreamingApi,
  viewer: string | null,
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
function tell(event: SandboxEvent, viewer: string | null, state: SandboxState): JsonObject | null {
  if (event.type === 'commands') return { type: event.type };
  if (event.type === 'dm') {
    const person = findPerson(event.channel.user);
    if (person === undefined || (viewer !== null && viewer !== person.id)) return null;
    return { type: event.type, id: event.channel.id, recipient: userObject(person) };
  }
  const channel = 'message' in event ? event.message.channel_id : event.channel;
  const owner = state.directChannel(channel)?.user;
  if (owner !== undefined && viewer !== null && viewer !== owner) return null;
  if (event.type === 'typing') return { type: event.type, channel };
  if (event.visibleTo !== null && event.visibleTo !== viewer) return null;
  if (event.type === 'message_delete') return { type: event.type, channel, id: event.id };
  return { type: event.type, channel, message: event.message };
}
