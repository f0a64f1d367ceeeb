import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewayCloseCodes as Close, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Log } from '../lib/log.ts';
import { openConnection } from './gateway-connection.ts';
import { dispatchEvent } from './gateway-events.ts';
import { sendPayload } from './gateway-session.ts';
import type { GatewaySession } from './gateway-session.ts';
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

export type Gateway = ReturnType<typeof createGateway>;

/** The gateway of Discord's version 10, over one WebSocket a client, JSON without compression. */
export function createGateway(
  state: SandboxState,
  options: { heartbeatIntervalMs: number; resumeUrl: () => string },
  deps: { log: Log },
) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, perMessageDeflate: false });
  const sessions = new Map<string, GatewaySession>();
  const timers = new Map<string, NodeJS.Timeout>();

  const end = (session: GatewaySession) => {
    clearTimeout(timers.get(session.id));
    timers.delete(session.id);
    sessions.delete(session.id);
  };
  const detach = (session: GatewaySession, socket: WebSocket, code: number) => {
    // A session that was resumed on another socket stays with that one.
    if (session.socket() !== socket) return;
    session.attach(null);
    if (endingCloses.has(code)) end(session);
    else timers.set(session.id, setTimeout(() => end(session), waitsForResumeMs).unref());
  };
  const attach = (session: GatewaySession, socket: WebSocket) => {
    clearTimeout(timers.get(session.id));
    timers.delete(session.id);
    session.socket()?.close(Close.UnknownError, 'Session resumed elsewhere.');
    session.attach(socket);
    sessions.set(session.id, session);
  };
  const unsubscribe = state.subscribe((event) => {
    if ('visibleTo' in event && event.visibleTo !== null) return;
    for (const session of sessions.values()) dispatchEvent(session, event, state);
  });

  return {
    /** Takes over a request to upgrade; anything that is no WebSocket handshake is refused by ws itself. */
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      sockets.handleUpgrade(request, stream, head, (socket) => {
        const query = new URL(request.url ?? '/', 'ws://sandbox').searchParams;
        openConnection(socket, query, state, {
          log: deps.log,
          heartbeatIntervalMs: options.heartbeatIntervalMs,
          resumeUrl: options.resumeUrl,
          newSessionId: () => randomBytes(16).toString('hex'),
          findSession: (id) => sessions.get(id),
          attach,
          detach,
        });
      });
    },
    /**
     * Brings an interaction to the newest connected session that owns its channel, or, where all of them were cut off, to the
     * newest, which hears it when it resumes; false when no bot is logged in.
     */
    dispatchInteraction(body: unknown, guild: string | null): boolean {
      const all = [...sessions.values()];
      // Private channels belong to shard 0, and with one server its shard is as good as any other.
      const owners = all.filter((session) => session.owns(guild ?? '0'));
      const newestLast = owners.length === 0 ? all : owners;
      // A bot that was killed leaves a session behind that waits for it, while the bot itself has come back with another.
      const owner = newestLast.findLast((session) => session.isConnected()) ?? newestLast.at(-1);
      owner?.dispatch('INTERACTION_CREATE', body);
      return owner !== undefined;
    },
    /** Makes trouble on every open connection; how many there were. */
    disturb(how: number | 'reconnect' | 'invalid'): number {
      const connected = [...sessions.values()].flatMap((session) => {
        const socket = session.socket();
        return socket === null ? [] : [{ session, socket }];
      });
      for (const { session, socket } of connected) {
        if (how === 'reconnect') sendPayload(socket, { op: Op.Reconnect, d: null });
        else if (how === 'invalid') {
          session.attach(null);
          end(session);
          sendPayload(socket, { op: Op.InvalidSession, d: false });
        } else socket.close(how, 'ordered by the control API');
      }
      return connected.length;
    },
    connections: (): number => [...sessions.values()].filter((session) => session.isConnected()).length,
    close(): void {
      unsubscribe();
      for (const session of sessions.values()) end(session);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
