import { GatewayCloseCodes as Close, GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { guildIdsOfBot } from './gateway-events.ts';
import { guildGreeting } from './gateway-guild-events.ts';
import { createGatewaySession, sendPayload, shardOf } from './gateway-session.ts';
import type { GatewaySession } from './gateway-session.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import { applicationId, bot, botToken } from './world.ts';

type Deps = {
  readonly log: Log;
  readonly heartbeatIntervalMs: number;
  readonly resumeUrl: () => string;
  readonly newSessionId: () => string;
  readonly findSession: (id: string) => GatewaySession | undefined;
  readonly attach: (session: GatewaySession, socket: WebSocket) => void;
  readonly detach: (session: GatewaySession, socket: WebSocket, code: number) => void;
};

/** Bytes of one payload to the gateway. Source: events/gateway, Sending Events. */
const maxPayloadBytes = 4_096;
/** Payloads a client may send in a minute. Source: events/gateway, Rate Limiting. */
const maxPayloadsPerMinute = 120;

const payloadSchema = z.object({ op: z.int(), d: z.unknown().optional() });
const identifySchema = z.object({
  token: z.string(),
  intents: z.int().min(0),
  properties: z.record(z.string(), z.unknown()),
  shard: z.tuple([z.int(), z.int()]).optional(),
});
const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.int().min(0).nullable() });

const knownIntents = Object.values(Intent).reduce<number>((all, bit) => (typeof bit === 'number' ? all | bit : all), 0);
/** Intents that an application must be allowed first; this one is not, as a bot like it needs none. */
const privilegedIntents = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;

/** Speaks with one client: hello, identify or resume, heartbeats, until either side closes. */
export function openConnection(socket: WebSocket, query: URLSearchParams, state: SandboxState, deps: Deps): void {
  let session: GatewaySession | null = null;
  let minute = { endsAt: 0, count: 0 };
  const close = (code: number, reason: string) => socket.close(code, reason);
  // A client that misses a heartbeat, with half an interval of grace, is taken for dead.
  const silence = setTimeout(() => close(Close.SessionTimedOut, 'Session timed out.'), deps.heartbeatIntervalMs * 1.5);

  const identify = (body: unknown) => {
    const asked = identifySchema.safeParse(body);
    if (session !== null) return close(Close.AlreadyAuthenticated, 'Already authenticated.');
    if (!asked.success) return close(Close.DecodeError, 'Error while decoding payload.');
    const { token, intents, shard } = asked.data;
    if (token.replace(/^Bot /, '') !== botToken) return close(Close.AuthenticationFailed, 'Authentication failed.');
    if (shard !== undefined && (shard[1] < 1 || shard[0] < 0 || shard[0] >= shard[1])) {
      return close(Close.InvalidShard, 'Invalid shard.');
    }
    if ((intents & ~knownIntents) !== 0) return close(Close.InvalidIntents, 'Invalid intent(s).');
    if ((intents & privilegedIntents) !== 0) return close(Close.DisallowedIntents, 'Disallowed intent(s).');
    const owns = (guild: string) => shard === undefined || shardOf(guild, shard[1]) === shard[0];
    const guilds = guildIdsOfBot(state).filter(owns);
    const fresh = createGatewaySession({ id: deps.newSessionId(), intents, owns });
    session = fresh;
    deps.attach(fresh, socket);
    fresh.dispatch('READY', {
      v: 10,
      user: { ...userObject(bot), mfa_enabled: true, verified: true, email: null },
      user_settings: {},
      session_type: 'normal',
      session_id: fresh.id,
      resume_gateway_url: deps.resumeUrl(),
      guilds: guilds.map((id) => ({ id, unavailable: true })),
      private_channels: [],
      presences: [],
      relationships: [],
      application: { id: applicationId, flags: 0 },
      ...(shard === undefined ? {} : { shard }),
    });
    if ((intents & Intent.Guilds) === 0) return;
    for (const { type, body: told } of guilds.map((id) => guildGreeting(state, id))) fresh.dispatch(type, told);
  };

  const resume = (body: unknown) => {
    const asked = resumeSchema.safeParse(body);
    if (session !== null) return close(Close.AlreadyAuthenticated, 'Already authenticated.');
    if (!asked.success) return close(Close.DecodeError, 'Error while decoding payload.');
    if (asked.data.token.replace(/^Bot /, '') !== botToken) {
      return close(Close.AuthenticationFailed, 'Authentication failed.');
    }
    const known = deps.findSession(asked.data.session_id);
    const missed = known?.replayAfter(asked.data.seq ?? 0) ?? null;
    if (known === undefined || missed === null) return sendPayload(socket, { op: Op.InvalidSession, d: false });
    session = known;
    deps.attach(known, socket);
    for (const event of missed) sendPayload(socket, event);
    known.dispatch('RESUMED', {});
  };

  const receive = (raw: RawData) => {
    const bytes = Array.isArray(raw) ? Buffer.concat(raw) : raw instanceof ArrayBuffer ? Buffer.from(raw) : raw;
    if (bytes.length > maxPayloadBytes) return close(Close.DecodeError, 'Error while decoding payload.');
    const nowMs = state.now();
    if (minute.endsAt <= nowMs) minute = { endsAt: nowMs + 60_000, count: 0 };
    minute.count += 1;
    if (minute.count > maxPayloadsPerMinute) return close(Close.RateLimited, 'You are being rate limited.');
    const payload = payloadSchema.safeParse(parseJson(bytes));
    if (!payload.success) return close(Close.DecodeError, 'Error while decoding payload.');
    const { d } = payload.data;
    const op: Op = payload.data.op;
    if (op === Op.Heartbeat) {
      silence.refresh();
      return sendPayload(socket, { op: Op.HeartbeatAck, d: null });
    }
    if (op === Op.Identify) return identify(d);
    if (op === Op.Resume) return resume(d);
    const isKnown = op === Op.PresenceUpdate || op === Op.VoiceStateUpdate || op === Op.RequestGuildMembers;
    if (!isKnown) return close(Close.UnknownOpcode, 'Unknown opcode.');
    return session === null ? close(Close.NotAuthenticated, 'Not authenticated.') : undefined;
  };

  socket.on('message', receive);
  socket.on('error', (error) => deps.log.debug({ error: messageOf(error) }, 'sandbox: a gateway connection failed'));
  socket.on('close', (code) => {
    clearTimeout(silence);
    if (session !== null) deps.detach(session, socket, code);
  });

  if ((query.get('v') ?? '10') !== '10') return close(Close.InvalidAPIVersion, 'Invalid API version.');
  if ((query.get('encoding') ?? 'json') !== 'json' || query.get('compress') !== null) {
    return close(Close.DecodeError, 'Only JSON without compression is spoken here.');
  }
  sendPayload(socket, { op: Op.Hello, d: { heartbeat_interval: deps.heartbeatIntervalMs, _trace: [] } });
}

/** Undefined where the bytes are no JSON. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
