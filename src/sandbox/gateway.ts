import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Close } from 'discord-api-types/v10';
import { WebSocketServer } from 'ws';
import type { Log } from '../lib/log.ts';
import { openConnection } from './gateway-connection.ts';
import { dispatchEvent, guildIdsOfBot } from './gateway-events.ts';
import { createIdentifyLimits } from './gateway-identify-limits.ts';
import type { IdentifyLimits } from './gateway-identify-limits.ts';
import type { GatewayLink } from './gateway-link.ts';
import { makeRoom } from './gateway-room.ts';
import type { GatewaySession } from './gateway-session.ts';
import { makeTrouble } from './gateway-trouble.ts';
import type { GatewayTrouble } from './gateway-trouble.ts';
import { widening } from './rate-limits.ts';
import type { LimitsMode } from './rate-limits.ts';
import type { SandboxState } from './state.ts';

/** Closes after which a client must identify anew. Source: topics/opcodes-and-status-codes; 1000 and 1001: events/gateway. */
const endingCloses: ReadonlySet<number> = new Set([
  1000,
  1001,
  Close.AuthenticationFailed,
  Close.InvalidSeq,
  Close.SessionTimedOut,
  Close.InvalidShard,
  Close.ShardingRequired,
  Close.InvalidAPIVersion,
  Close.InvalidIntents,
  Close.DisallowedIntents,
]);

/** How long a session waits for a client that was cut off. */
const waitsForResumeMs = 5 * 60_000;
/** Sessions that wait at the same time; the one that waits longest goes first. */
const maxWaiting = 250;

/** Payloads a client may send in a minute. Source: events/gateway, Rate Limiting. */
const payloadsPerMinute = 120;
/** Servers for each shard that Discord recommends. Source: large bots' session limits speak of a shard per 1,000. */
const guildsPerShard = 1_000;
/** A longer frame is not even read to its end; ws closes with 1009. */
const maxFrameBytes = 1024 * 1024;

export type Gateway = ReturnType<typeof createGateway>;

/** The gateway of Discord's version 10, over one WebSocket a client, JSON, plain or compressed. */
export function createGateway(
  state: SandboxState,
  options: { heartbeatIntervalMs: number; resumeUrl: () => string; limits: LimitsMode; identify: IdentifyLimits },
  deps: { log: Log },
) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });
  const identifies = createIdentifyLimits(options.identify, { now: state.now });
  const sessions = new Map<string, GatewaySession>();
  /** The sessions without a client, who waits longest first. */
  const waiting = new Map<GatewaySession, NodeJS.Timeout>();

  const connections = (): number => [...sessions.values()].filter((session) => session.isConnected()).length;
  const listeners = new Set<() => void>();
  let wasConnected = false;
  /** Tells whoever asked, where the first connection came or the last one went. */
  const noteConnections = () => {
    const isConnected = connections() > 0;
    if (isConnected === wasConnected) return;
    wasConnected = isConnected;
    for (const listener of listeners) listener();
  };

  const stopWaiting = (session: GatewaySession) => {
    clearTimeout(waiting.get(session));
    waiting.delete(session);
  };
  const end = (session: GatewaySession) => {
    stopWaiting(session);
    sessions.delete(session.id);
    const link = session.link();
    if (link?.isDead()) link.cut();
    session.attach(null);
    noteConnections();
  };
  const keep = (session: GatewaySession) => {
    stopWaiting(session);
    waiting.set(session, setTimeout(() => end(session), waitsForResumeMs).unref());
    const [longest] = waiting.keys();
    if (waiting.size > maxWaiting && longest !== undefined) end(longest);
    makeRoom(sessions.values(), waiting.keys(), end);
    noteConnections();
  };
  const detach = (session: GatewaySession, link: GatewayLink, code: number) => {
    // A session that was resumed on another connection stays with that one.
    if (session.link() !== link) return;
    session.attach(null);
    if (endingCloses.has(code)) end(session);
    else keep(session);
  };
  const attach = (session: GatewaySession, link: GatewayLink) => {
    stopWaiting(session);
    session.link()?.close(Close.UnknownError, 'Session resumed elsewhere.');
    session.attach(link);
    sessions.set(session.id, session);
    makeRoom(sessions.values(), waiting.keys(), end);
    noteConnections();
  };
  const countIdentify = (shard: number) => {
    const verdict = identifies.identify(shard);
    // Whoever holds the old token is thrown out.
    if (verdict === 'token-reset') {
      for (const session of sessions.values()) {
        session.link()?.close(Close.AuthenticationFailed, 'Authentication failed.');
        end(session);
      }
    }
    return verdict;
  };
  const unsubscribe = state.subscribe((event) => {
    if ('visibleTo' in event && event.visibleTo !== null) return;
    dispatchEvent(sessions.values(), event, state);
    makeRoom(sessions.values(), waiting.keys(), end);
  });

  return {
    /** Takes over a request to upgrade; anything that is no WebSocket handshake is refused by ws itself. */
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, query: URLSearchParams): void {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        openConnection(socket, stream, query, state, {
          log: deps.log,
          heartbeatIntervalMs: options.heartbeatIntervalMs,
          payloadsPerMinute: payloadsPerMinute * widening[options.limits],
          resumeUrl: options.resumeUrl,
          newSessionId: () => randomBytes(16).toString('hex'),
          isTokenReset: identifies.isTokenReset,
          countIdentify,
          findSession: (id) => sessions.get(id),
          attach,
          detach,
        });
      });
    },
    /**
     * Brings an interaction to every session that owns its server, as any other event: one that was cut off hears it when it
     * resumes, and of two bots with one token the slower finds it answered. False when no such session is there.
     *
     * @param guildId null for a private channel
     */
    dispatchInteraction(body: unknown, guildId: string | null): boolean {
      const owners = [...sessions.values()].filter((session) =>
        guildId === null ? session.isShardZero : session.owns(guildId),
      );
      for (const owner of owners) owner.dispatch('INTERACTION_CREATE', body);
      return owners.length > 0;
    },
    /**
     * Makes trouble on the connections of all sessions, or of one shard's; how many there were.
     *
     * @param shard null for all
     */
    disturb(how: GatewayTrouble, shard: number | null): number {
      const hit = [...sessions.values()].flatMap((session) => {
        const link = session.link();
        if (link === null || (shard !== null && session.shard[0] !== shard)) return [];
        return link.isOpen() || how === 'cut' ? [{ session, link }] : [];
      });
      for (const { session, link } of hit) makeTrouble(how, session, link, { end, keep });
      noteConnections();
      return hit.length;
    },
    /** What `GET /gateway/bot` says besides the address. */
    sessionStarts: () => ({
      shards: Math.max(1, Math.ceil(guildIdsOfBot(state).length / guildsPerShard)),
      session_start_limit: identifies.sessionStartLimit(),
    }),
    /** Whether Discord has taken the token back, as its bot identified too often. */
    isTokenReset: identifies.isTokenReset,
    connections,
    /** Calls `listener` whenever the bot comes or goes: its first connection, or its last. */
    onConnections(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close(): void {
      unsubscribe();
      for (const session of sessions.values()) end(session);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
