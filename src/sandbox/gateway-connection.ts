import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Close, GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { compressedPayloads, plainText, zlibStream } from './gateway-compression.ts';
import { guildIdsOfBot } from './gateway-events.ts';
import { identifySchema, judgeIdentify, readShard, resumeSchema } from './gateway-identify.ts';
import type { IdentifyVerdict } from './gateway-identify-limits.ts';
import { createGatewayLink } from './gateway-link.ts';
import type { GatewayLink } from './gateway-link.ts';
import { answerMembersRequest } from './gateway-members.ts';
import { createGatewaySession, payloadText } from './gateway-session.ts';
import type { GatewaySession } from './gateway-session.ts';
import { startGatewaySession } from './gateway-start.ts';
import type { SandboxState } from './state.ts';
import { botToken } from './world.ts';

type Deps = {
  readonly log: Log;
  readonly heartbeatIntervalMs: number;
  /** Infinity where there is no limit. */
  readonly payloadsPerMinute: number;
  readonly resumeUrl: () => string;
  readonly newSessionId: () => string;
  readonly isTokenReset: () => boolean;
  /** Counts an identify of this shard; every session has ended when the token was reset by it. */
  readonly countIdentify: (shard: number) => IdentifyVerdict;
  readonly findSession: (id: string) => GatewaySession | undefined;
  readonly attach: (session: GatewaySession, link: GatewayLink) => void;
  readonly detach: (session: GatewaySession, link: GatewayLink, code: number) => void;
};

/** Bytes of one payload to the gateway. Source: events/gateway, Sending Events. */
const maxPayloadBytes = 4_096;

/** What a bot may ask for once it is logged in, and what nothing here comes of: its status, voice, sounds, channels' data. */
const acceptedOps: ReadonlySet<number> = new Set([
  Op.PresenceUpdate,
  Op.VoiceStateUpdate,
  Op.RequestSoundboardSounds,
  Op.RequestChannelInfo,
]);

const payloadSchema = z.object({ op: z.int(), d: z.unknown().optional() });
const heartbeatSchema = z.int().min(0).nullish();

/** Speaks with one client: hello, identify or resume, heartbeats, until either side closes. */
export function openConnection(
  socket: WebSocket,
  stream: Duplex,
  query: URLSearchParams,
  state: SandboxState,
  deps: Deps,
): void {
  const compression = query.get('compress');
  const link = createGatewayLink(
    socket,
    stream,
    compression === 'zlib-stream' ? zlibStream() : plainText,
    { received, closed },
    deps,
  );
  let session: GatewaySession | null = null;
  let minute = { endsAt: 0, count: 0 };
  const close = (code: number, reason: string) => link.close(code, reason);
  const refuseBody = () => close(Close.DecodeError, 'Error while decoding payload.');
  const sendInvalidSession = () => link.send(payloadText({ op: Op.InvalidSession, d: false }));
  /** The session that this connection speaks for; it may have been taken from it. */
  const ownSession = () => (session?.link() === link ? session : null);
  const isBotToken = (token: string) => token.replace(/^Bot /, '') === botToken && !deps.isTokenReset();
  // A client that misses a heartbeat, with half an interval of grace, is taken for dead.
  const silence = setTimeout(() => {
    // A dead link is for the client to notice.
    if (link.isOpen()) close(Close.SessionTimedOut, 'Session timed out.');
  }, deps.heartbeatIntervalMs * 1.5);

  function identify(body: unknown): void {
    if (ownSession() !== null) return close(Close.AlreadyAuthenticated, 'Already authenticated.');
    const asked = identifySchema.safeParse(body);
    if (!asked.success) return refuseBody();
    const { token, intents, compress } = asked.data;
    if (!isBotToken(token)) return close(Close.AuthenticationFailed, 'Authentication failed.');
    const shard = readShard(asked.data.shard);
    const verdict = deps.countIdentify(shard?.[0] ?? 0);
    if (verdict === 'token-reset') return close(Close.AuthenticationFailed, 'Authentication failed.');
    if (verdict === 'too-early') return sendInvalidSession();
    const answer = judgeIdentify(intents, shard, guildIdsOfBot(state));
    if (!answer.ok) return close(answer.code, answer.reason);
    // Who compresses the transport gets no payload compressed twice.
    if (compress === true && compression === null) link.encodeBy(compressedPayloads);
    const fresh = createGatewaySession({ id: deps.newSessionId(), intents, shard: answer.shard });
    session = fresh;
    deps.attach(fresh, link);
    startGatewaySession(fresh, answer.guilds, asked.data.shard !== undefined, {
      state,
      resumeUrl: deps.resumeUrl(),
      isAlive: () => deps.findSession(fresh.id) === fresh,
    }).catch((error: unknown) => {
      deps.log.error({ error: messageOf(error) }, 'sandbox: a gateway session failed at its start');
      close(Close.UnknownError, 'Unknown error.');
    });
  }

  function resume(body: unknown): void {
    if (ownSession() !== null) return close(Close.AlreadyAuthenticated, 'Already authenticated.');
    const asked = resumeSchema.safeParse(body);
    if (!asked.success) return refuseBody();
    if (!isBotToken(asked.data.token)) return close(Close.AuthenticationFailed, 'Authentication failed.');
    const seq = asked.data.seq ?? 0;
    const known = deps.findSession(asked.data.session_id);
    if (known === undefined) return sendInvalidSession();
    if (seq > known.lastSeq()) return close(Close.InvalidSeq, 'Invalid seq.');
    const missed = known.replayAfter(seq);
    if (missed === null) return sendInvalidSession();
    session = known;
    deps.attach(known, link);
    for (const event of missed) link.send(event);
    known.dispatch('RESUMED', {}, 'never');
  }

  function received(bytes: Buffer): void {
    if (bytes.length > maxPayloadBytes) return refuseBody();
    const nowMs = state.now();
    if (minute.endsAt <= nowMs) minute = { endsAt: nowMs + 60_000, count: 0 };
    minute.count += 1;
    if (minute.count > deps.payloadsPerMinute) return close(Close.RateLimited, 'You are being rate limited.');
    const payload = payloadSchema.safeParse(parseJson(bytes));
    if (!payload.success) return refuseBody();
    const { d } = payload.data;
    const op: Op = payload.data.op;
    if (op === Op.Heartbeat) {
      if (!heartbeatSchema.safeParse(d).success) return refuseBody();
      silence.refresh();
      return link.send(payloadText({ op: Op.HeartbeatAck, d: null }));
    }
    if (op === Op.Identify) return identify(d);
    if (op === Op.Resume) return resume(d);
    if (op !== Op.RequestGuildMembers && !acceptedOps.has(op)) return close(Close.UnknownOpcode, 'Unknown opcode.');
    const own = ownSession();
    if (own === null) return close(Close.NotAuthenticated, 'Not authenticated.');
    if (op === Op.RequestGuildMembers && !answerMembersRequest(own, d, state)) refuseBody();
  }

  function closed(code: number): void {
    clearTimeout(silence);
    if (session !== null) deps.detach(session, link, code);
  }

  if ((query.get('v') ?? '10') !== '10') return close(Close.InvalidAPIVersion, 'Invalid API version.');
  if ((query.get('encoding') ?? 'json') !== 'json' || (compression !== null && compression !== 'zlib-stream')) {
    return close(Close.DecodeError, 'Only JSON is spoken here, plain or as zlib-stream.');
  }
  link.send(payloadText({ op: Op.Hello, d: { heartbeat_interval: deps.heartbeatIntervalMs, _trace: [] } }));
}

/** Undefined where the bytes are no JSON. */
function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
