import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { buildMessage } from './build-message.ts';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { isForum } from './channel-objects.ts';
import { commandPermissionRoutes } from './control-command-permissions.ts';
import { autocomplete, interact } from './control-interactions.ts';
import { readBody, readJson } from './control-body.ts';
import { controlChannels } from './control-channels.ts';
import { ControlError } from './control-error.ts';
import { followEvents, maySee } from './control-events.ts';
import { controlGuilds } from './control-guilds.ts';
import { controlMarks } from './control-marks.ts';
import { controlMembers } from './control-members.ts';
import { controlMessages } from './control-messages.ts';
import { controlPeople } from './control-people.ts';
import { controlRoles } from './control-roles.ts';
import { controlThreads } from './control-threads.ts';
import { worldFor } from './control-world.ts';
import { faultSchema } from './faults.ts';
import type { createFaults } from './faults.ts';
import type { FileStore } from './file-store.ts';
import type { Gateway } from './gateway.ts';
import { gatewayTroubles } from './gateway-trouble.ts';
import type { Interactions } from './interactions.ts';
import { messageFor } from './message-view.ts';
import { has } from './permissions.ts';
import { findChannel, placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { createInvalidRequests } from './invalid-requests.ts';
import type { createRateLimits } from './rate-limits.ts';
import type { createRequestLog } from './request-log.ts';
import { compareSnowflakes } from './snowflake.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { noteThreadMessage } from './thread-activity.ts';
import { userObject } from './user-objects.ts';

type Deps = {
  readonly state: SandboxState;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly faults: ReturnType<typeof createFaults>;
  readonly limits: ReturnType<typeof createRateLimits>;
  readonly invalidRequests: ReturnType<typeof createInvalidRequests>;
  readonly requestLog: ReturnType<typeof createRequestLog>;
  readonly files: FileStore;
  readonly log: Log;
};

/** Messages that are given at once; `before` gives those that came earlier. */
const shownMessages = 100;
const speechSchema = z.strictObject({
  user: z.string(),
  channel: z.string(),
  content: z.string().trim().min(1).max(2_000),
});
/** Codes that a WebSocket may be closed with: Discord's own, and the two that end a session for good. */
const gatewaySchema = z.object({
  close: z.union([z.enum(gatewayTroubles), z.literal([1000, 1001]), z.int().min(3000).max(4999)]),
  /** Only the sessions of this shard; all where it is left out. */
  shard: z.int().min(0).optional(),
});

/** The control API: people's hands, trouble on demand, and a look inside. No token, as it listens on loopback. */
export function createControl(deps: Deps) {
  const { state, gateway, faults, requestLog } = deps;
  const routes = new Hono();
  const closing = new AbortController();

  // A web page from elsewhere must not play with the sandbox of whoever visits it.
  routes.use(async (context, next) => {
    const origin = context.req.header('origin');
    if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== context.req.header('host'))) {
      return context.json({ message: 'Other web pages may not use the control API.' }, 403);
    }
    await next();
    return undefined;
  });
  routes.onError((error, context) => {
    if (error instanceof ControlError) return context.json({ message: error.message }, error.status);
    deps.log.error({ error: messageOf(error) }, 'sandbox: a control request failed');
    return context.json({ message: 'The sandbox failed at this request; its log says why.' }, 500);
  });

  routes.get('/state', (context) =>
    context.json({
      ...worldFor(viewerOf(context.req.query('user'), state), state),
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
  routes.get('/dms', (context) => {
    const viewer = viewerOf(context.req.query('user'), state);
    const own = state.directChannels().filter((channel) => viewer === null || channel.user === viewer);
    return context.json(
      own.map((channel) => {
        const person = state.people.byId(channel.user);
        return { id: channel.id, recipient: person === undefined ? null : userObject(person) };
      }),
    );
  });
  routes.get('/events', (context) => {
    const viewer = viewerOf(context.req.query('user'), state);
    return streamSSE(context, (stream) => followEvents(stream, viewer, state, closing.signal));
  });
  routes.post('/interactions', async (context) => context.json(await interact(await readJson(context.req.raw), deps)));
  routes.post('/autocomplete', async (context) =>
    context.json(await autocomplete(await readJson(context.req.raw), deps)),
  );
  routes.post('/messages', async (context) => {
    const { user, channel, content } = readBody(speechSchema, await readJson(context.req.raw));
    const place = placeOf(user, channel, state);
    demandSpeech(place, state);
    const message = buildMessage(state, deps.files, {
      channel: place.channel,
      author: place.person,
      payload: { content },
      files: [],
    });
    noteThreadMessage(state, place.channel, place.person.id);
    state.addMessage(message, null);
    return context.json(message);
  });
  routes.route('/', controlThreads(deps));
  routes.route('/', commandPermissionRoutes(deps));
  routes.get('/faults', (context) => context.json({ faults: faults.list() }));
  routes.post('/faults', async (context) => {
    faults.order(readBody(faultSchema, await readJson(context.req.raw)));
    return context.json({ faults: faults.list() });
  });
  routes.delete('/faults', (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  routes.post('/gateway', async (context) => {
    const { close, shard } = readBody(gatewaySchema, await readJson(context.req.raw));
    return context.json({ connections: gateway.disturb(close, shard ?? null) });
  });
  routes.get('/limits', (context) => context.json({ mode: deps.limits.mode, ...deps.invalidRequests.view() }));
  routes.delete('/limits', (context) => {
    deps.limits.clear();
    deps.invalidRequests.clear();
    return context.json({ mode: deps.limits.mode, ...deps.invalidRequests.view() });
  });
  routes.get('/log', (context) => context.body(requestLog.json(), 200, { 'content-type': 'application/json' }));
  routes.route('/', controlGuilds(deps));
  routes.route('/', controlMembers(deps));
  routes.route('/', controlRoles(deps));
  routes.route('/', controlChannels(deps));
  routes.route('/', controlPeople(deps));
  routes.route('/', controlMarks(deps));
  routes.route('/', controlMessages(deps));
  routes.all('*', (context) => context.json({ message: 'The control API has no such address.' }, 404));

  return {
    routes,
    /** Ends the streams of events. */
    close: () => closing.abort(),
  };
}

/** The person that a request looks through the eyes of; null for nobody in particular. */
function viewerOf(user: string | undefined, state: SandboxState): Snowflake | null {
  if (user === undefined || user === '') return null;
  const person = state.people.find(user);
  if (person === undefined) throw new ControlError(404, `There is no user “${user}”.`);
  return person.id;
}

/** @throws ControlError 403 where the person may not write */
function demandSpeech({ channel, person, name, permissions }: Place, state: SandboxState): void {
  const thread = state.guilds.thread(channel);
  const needed = thread === undefined ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.SendMessagesInThreads;
  const forum = state.guilds.channel(channel);
  if (forum !== undefined && isForum(forum)) throw new ControlError(400, `${name} is a forum: it takes posts.`);
  if (!has(permissions, needed)) throw new ControlError(403, `${person.name} may not write in ${name}.`);
  if (thread?.isLocked === true && !has(permissions, PermissionFlagsBits.ManageThreads)) {
    throw new ControlError(403, `${name} is locked.`);
  }
}
