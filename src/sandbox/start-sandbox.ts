import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { avatarSvg } from './avatars.ts';
import { createControl } from './control.ts';
import { createFaults } from './faults.ts';
import { createFileStore } from './file-store.ts';
import { createGateway } from './gateway.ts';
import { identifyLimitsOf } from './gateway-identify-limits.ts';
import type { IdentifyLimits } from './gateway-identify-limits.ts';
import { createInteractions } from './interactions.ts';
import { createInvalidRequests } from './invalid-requests.ts';
import { pageRoutes } from './page-routes.ts';
import { createRateLimits } from './rate-limits.ts';
import type { LimitsMode } from './rate-limits.ts';
import { createRequestLog } from './request-log.ts';
import { channelEndpoints } from './rest-channels.ts';
import { commandPermissionEndpoints } from './rest-command-permissions.ts';
import { commandEndpoints } from './rest-commands.ts';
import { guildChannelEndpoints } from './rest-guild-channels.ts';
import { guildEndpoints } from './rest-guilds.ts';
import { callbackEndpoint } from './rest-interactions.ts';
import { messageEndpoints } from './rest-messages.ts';
import { pinEndpoints } from './rest-pins.ts';
import { reactionEndpoints } from './rest-reactions.ts';
import { createRestServer } from './rest-server.ts';
import { threadListEndpoints } from './rest-thread-lists.ts';
import { threadMemberEndpoints } from './rest-thread-members.ts';
import { threadEndpoints } from './rest-threads.ts';
import { userEndpoints } from './rest-users.ts';
import { webhookEndpoints } from './rest-webhooks.ts';
import { createState } from './state.ts';
import { openStateFile } from './state-file.ts';
import { keepThreads } from './thread-upkeep.ts';
import { botToken, readingGroup, syntheticGuilds } from './world.ts';

/** Where everything is, for whoever wants to talk to the sandbox. */
export type SandboxReady = {
  readonly api: string;
  readonly token: string;
  readonly page: string;
  readonly control: string;
  readonly guild: string;
  readonly channels: readonly { readonly id: string; readonly name: string; readonly type: number }[];
  readonly users: readonly { readonly id: string; readonly name: string }[];
};

export type SandboxOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly limits: LimitsMode;
  /** How many small servers there are besides the reading group; none unless asked for. */
  readonly guilds?: number;
  /** Where messages, private channels and commands survive a restart; null keeps nothing. */
  readonly stateFile: string | null;
  readonly log: Log;
  /** Epoch milliseconds for deadlines, windows and ids; the machine's clock unless a test says otherwise. */
  readonly now?: () => number;
  /** Discord's own interval unless a test says otherwise. */
  readonly heartbeatIntervalMs?: number;
  /** How often the bot may identify, where it is not as `limits` says. */
  readonly identify?: Partial<IdentifyLimits>;
};

const discordsHeartbeatMs = 41_250;

/** A container listens on every address; a browser can open only one of them, and not every one opens 0.0.0.0. */
const reachableAt: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/**
 * Starts the local Discord: REST, gateway, control API and page on one port.
 *
 * @throws AppError state-unusable; port-taken, or cannot-listen where the address cannot be had for another reason
 */
export async function startSandbox(options: SandboxOptions): Promise<{ ready: SandboxReady; close(): Promise<void> }> {
  const { log, host } = options;
  const now = options.now ?? Date.now;
  const kept = openStateFile(options.stateFile, { log });
  const founded = [readingGroup, ...syntheticGuilds(options.guilds ?? 0)];
  const state = createState(kept.saved, { now, founded, keep: kept.keep });
  const threads = keepThreads(state);

  let port = options.port;
  const reached = reachableAt[host] ?? host;
  const address = () => `${reached.includes(':') ? `[${reached}]` : reached}:${String(port)}`;
  const gatewayUrl = () => `ws://${address()}/gateway`;
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? discordsHeartbeatMs;
  const identify = { ...identifyLimitsOf(options.limits), ...options.identify };
  const gateway = createGateway(
    state,
    { heartbeatIntervalMs, resumeUrl: gatewayUrl, limits: options.limits, identify },
    { log },
  );
  const interactions = createInteractions({ now, nextId: state.nextId });
  const faults = createFaults();
  const files = createFileStore(address);
  const requestLog = createRequestLog();
  const limits = createRateLimits(options.limits, { now });
  const invalidRequests = createInvalidRequests(options.limits, { now });
  const closing = new AbortController();
  const rest = createRestServer(
    [
      ...userEndpoints(state, gatewayUrl, gateway.sessionStarts),
      ...guildEndpoints(state),
      ...channelEndpoints(state),
      ...guildChannelEndpoints(state),
      ...threadEndpoints(state, files),
      ...threadListEndpoints(state),
      ...threadMemberEndpoints(state),
      // Before the messages, whose paths would take `pins` for an id.
      ...pinEndpoints(state),
      ...messageEndpoints(state, files),
      ...reactionEndpoints(state),
      ...commandPermissionEndpoints(state),
      ...commandEndpoints(state, options.limits),
      callbackEndpoint(state, interactions, files),
      ...webhookEndpoints(state, interactions, files),
    ],
    {
      now,
      log,
      limits,
      invalidRequests,
      faults,
      requestLog,
      closing: closing.signal,
      isTokenReset: gateway.isTokenReset,
    },
  );
  const control = createControl({
    state,
    gateway,
    interactions,
    faults,
    limits,
    invalidRequests,
    requestLog,
    files,
    log,
  });

  // Clients may write `@me` and `@original` as `%40…`.
  const app = new Hono<{ Bindings: HttpBindings }>({ getPath: (request) => getPath(request).replaceAll('%40', '@') });
  app.route('/api/v10', rest);
  app.route('/api', rest);
  app.route('/control', control.routes);
  app.get('/avatars/:file{\\d+\\.svg}', (context) => {
    const drawing = avatarSvg(context.req.param('file').replace('.svg', ''), state);
    return drawing === null ? context.notFound() : context.body(drawing, 200, { 'content-type': 'image/svg+xml' });
  });
  app.get('/attachments/:channel/:id/:name', (context) => {
    const file = files.find(context.req.param('id'));
    if (file === undefined) return context.notFound();
    const type = file.type === '' ? 'application/octet-stream' : file.type;
    // What a bot uploads is shown or saved, never run as a page of ours.
    const headers = { 'content-type': type, 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' };
    return context.body(new Uint8Array(file.bytes), 200, headers);
  });
  app.route('/', pageRoutes());
  app.onError((error, context) => {
    log.error({ error: messageOf(error) }, 'sandbox: a request failed');
    return context.json({ message: 'The sandbox failed at this request; its log says why.' }, 500);
  });

  const server = createServer(getRequestListener(app.fetch));
  server.on('upgrade', (request, stream, head) => {
    // Nobody else listens to a stream that was taken from HTTP, and an error unheard would end the sandbox.
    stream.on('error', () => stream.destroy());
    const target = URL.parse(request.url ?? '', 'ws://sandbox');
    if (target?.pathname.replace(/\/$/, '') === '/gateway') {
      gateway.upgrade(request, stream, head, target.searchParams);
    } else hangUp(stream, '404 Not Found');
  });
  server.on('clientError', (_error, stream) => hangUp(stream, '400 Bad Request'));
  try {
    port = await listen(server, port, host);
  } catch (error) {
    kept.close();
    throw error;
  }

  // The reading group, unless somebody removed it.
  const [first] = state.guilds.list();
  return {
    ready: {
      api: `http://${address()}/api`,
      token: botToken,
      page: `http://${address()}/`,
      control: `http://${address()}/control`,
      guild: first?.id ?? readingGroup.id,
      channels: (first?.channels ?? []).map(({ id, name, type }) => ({ id, name, type })),
      users: state.people.played().map(({ id, name }) => ({ id, name })),
    },
    async close() {
      closing.abort();
      threads.close();
      control.close();
      interactions.close();
      gateway.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      kept.close();
    },
  };
}

/** Answers and ends the connection, whether its other side ends it or not: one left half open would hold up the end. */
function hangUp(stream: Duplex, status: string): void {
  if (stream.writable) stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, () => stream.destroy());
  else stream.destroy();
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const place = `port ${String(port)} on ${host}`;
      reject(
        error.code === 'EADDRINUSE'
          ? new AppError(
              'port-taken',
              `sandbox: ${place} is taken by another program; free it or choose another with --port or PORT`,
              { cause: error },
            )
          : new AppError(
              'cannot-listen',
              `sandbox: ${place} cannot be listened on (${error.message}); choose another with --port, PORT or HOST`,
              { cause: error },
            ),
      );
    });
    server.listen(port, host, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port);
    });
  });
}
