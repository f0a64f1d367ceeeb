import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { ControlError } from './control-error.ts';
import { followEvents, maySee } from './control-events.ts';
import { userNamed } from './control-named.ts';
import { worldFor } from './control-world.ts';
import type { Gateway } from './gateway.ts';
import { messageFor } from './message-view.ts';
import { findChannel } from './place.ts';
import { compareSnowflakes } from './snowflake.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';

/** Messages that are given at once; `before` gives those that came earlier. */
const shownMessages = 100;

/** What can be seen, by everybody's eyes or by those of one person: the world, messages, private channels, and what happens. */
export function controlReading(deps: {
  readonly state: SandboxState;
  readonly gateway: Gateway;
  /** Ends the streams of events. */
  readonly closing: AbortSignal;
}): Hono {
  const { state, gateway } = deps;
  const routes = new Hono();
  routes.get('/state', (context) =>
    context.json({
      ...worldFor(viewerOf(context.req.query('user'), state), state, context.req.query('guild')),
      isBotConnected: gateway.connections() > 0,
    }),
  );
  routes.get('/channels/:id/messages', (context) => {
    const id = findChannel(context.req.param('id'), state)?.id ?? context.req.param('id');
    const viewer = viewerOf(context.req.query('user'), state);
    if (!maySee(id, viewer, state)) throw new ControlError(404, `There is no channel “${id}” here.`);
    const before = context.req.query('before');
    const messages = state.visibleMessages(id, viewer);
    const older = before === undefined ? messages : messages.filter((one) => compareSnowflakes(one.id, before) < 0);
    return context.json(older.slice(-shownMessages).map((message) => messageFor(message, viewer, state)));
  });
  routes.get('/channels/:id/pins', (context) => {
    const id = findChannel(context.req.param('id'), state)?.id ?? context.req.param('id');
    const viewer = viewerOf(context.req.query('user'), state);
    if (!maySee(id, viewer, state)) throw new ControlError(404, `There is no channel “${id}” here.`);
    // The newest pin stands first.
    const pinned = state.pins.of(id).toReversed();
    const messages = pinned.flatMap(({ message }) => state.findMessage(id, message) ?? []);
    return context.json(messages.map((message) => messageFor(message, viewer, state)));
  });
  routes.get('/dms', (context) => {
    const viewer = viewerOf(context.req.query('user'), state);
    const own = state.directChannels().filter((channel) => viewer === null || channel.user === viewer);
    return context.json(
      own.map((channel) => {
        const person = state.people.byId(channel.user);
        const last = state.visibleMessages(channel.id, channel.user).at(-1);
        return {
          id: channel.id,
          recipient: person === undefined ? null : userObject(person),
          last_message_id: last?.id ?? null,
        };
      }),
    );
  });
  routes.get('/events', (context) => {
    const viewer = viewerOf(context.req.query('user'), state);
    return streamSSE(context, (stream) => followEvents(stream, viewer, state, deps.closing, gateway.onConnections));
  });
  return routes;
}

/** The person that a request looks through the eyes of; null for nobody in particular. */
function viewerOf(user: string | undefined, state: SandboxState): Snowflake | null {
  if (user === undefined || user === '') return null;
  return userNamed(user, state).id;
}
