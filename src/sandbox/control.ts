import { Hono } from 'hono';
import { buildMessage } from './build-message.ts';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { autocomplete, interact } from './control-interactions.ts';
import { readBody, readJson } from './control-body.ts';
import { ControlError } from './control-error.ts';
import { followEvents } from './control-events.ts';
import { faultSchema } from './faults.ts';
import type { createFaults } from './faults.ts';
import type { FileStore } from './file-store.ts';
import type { Gateway } from './gateway.ts';
import { gatewayTroubles } from './gateway-trouble.ts';
import type { Interactions } from './interactions.ts';
import { userObject } from './objects.ts';
import { placeOf } from './place.ts';
import type { createRequestLog } from './request-log.ts';
import type { SandboxState } from './state.ts';
import { bot, findGuildChannel, findPerson, guildChannels, guildId, guildName, people } from './world.ts';

type Deps = {
  readonly state: SandboxState;
  readonly gateway: Gateway;
  readonly interactions: Interactions;
  readonly faults: ReturnType<typeof createFaults>;
  readonly requestLog: ReturnType<typeof createRequestLog>;
  readonly files: FileStore;
  readonly log: Log;
};

/** Messages that a channel shows at once. */
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
      guild: { id: guildId, name: guildName },
      channels: guildChannels.map(({ id, name, topic }) => ({ id, name, type: 0, topic })),
      users: people.map(({ id, name, role }) => ({ id, name, role, avatar: `/avatars/${id}.svg` })),
      bot: { id: bot.id, name: bot.name, avatar: `/avatars/${bot.id}.svg` },
      isBotConnected: gateway.connections() > 0,
      commands: state.commands(),
    }),
  );
  routes.get('/channels/:id/messages', (context) => {
    const id = findGuildChannel(context.req.param('id'))?.id ?? context.req.param('id');
    const viewer = viewerOf(context.req.query('user'));
    const direct = state.directChannel(id);
    if (!state.hasChannel(id) || (direct !== undefined && viewer !== null && direct.user !== viewer)) {
      throw new ControlError(404, `There is no channel “${id}” here.`);
    }
    return context.json(state.visibleMessages(id, viewer).slice(-shownMessages));
  });
  routes.get('/dms', (context) => {
    const viewer = viewerOf(context.req.query('user'));
    const own = state.directChannels().filter((channel) => viewer === null || channel.user === viewer);
    return context.json(
      own.map((channel) => {
        const person = findPerson(channel.user);
        return { id: channel.id, recipient: person === undefined ? null : userObject(person) };
      }),
    );
  });
  routes.get('/events', (context) => {
    const viewer = viewerOf(context.req.query('user'));
    return streamSSE(context, (stream) => followEvents(stream, viewer, state, closing.signal));
  });
  routes.post('/interactions', async (context) => context.json(await interact(await readJson(context.req.raw), deps)));
  routes.post('/autocomplete', async (context) =>
    context.json(await autocomplete(await readJson(context.req.raw), deps)),
  );
  routes.post('/messages', async (context) => {
    const { user, channel, content } = readBody(speechSchema, await readJson(context.req.raw));
    const place = placeOf(user, channel, state);
    const message = buildMessage(state, deps.files, {
      channel: place.channel,
      author: place.person,
      payload: { content },
      files: [],
    });
    state.addMessage(message, null);
    return context.json(message);
  });
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
  routes.get('/log', (context) => context.json(requestLog.list()));
  routes.all('*', (context) => context.json({ message: 'The control API has no such address.' }, 404));

  return {
    routes,
    /** Ends the streams of events. */
    close: () => closing.abort(),
  };
}

/** The person that a request looks through the eyes of; null for nobody in particular. */
function viewerOf(user: string | undefined): string | null {
  if (user === undefined || user === '') return null;
  const person = findPerson(user);
  if (person === undefined) throw new ControlError(404, `There is no user “${user}”.`);
  return person.id;
}
