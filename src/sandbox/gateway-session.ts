import { GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { Snowflake } from './snowflake.ts';

type Dispatch = { readonly op: GatewayOpcodes.Dispatch; readonly t: string; readonly s: number; readonly d: unknown };

/** How many events a session keeps for a client that comes back. */
const keptEvents = 1_000;

/** One login of the bot: it outlives its socket, so that a client that was cut off misses nothing. */
export type GatewaySession = {
  readonly id: string;
  readonly intents: number;
  /** Whether the server's events belong to this session's shard. */
  readonly owns: (guild: Snowflake) => boolean;
  readonly isConnected: () => boolean;
  /** Numbers and keeps the event, and sends it when somebody listens. */
  dispatch(type: string, body: unknown): void;
  /** Takes `socket` as the session's own; null when it is gone. */
  attach(socket: WebSocket | null): void;
  /** The events after `seq`, to be sent again; null where some of them are no longer there. */
  replayAfter(seq: number): readonly Dispatch[] | null;
  socket(): WebSocket | null;
};

export function createGatewaySession(options: Pick<GatewaySession, 'id' | 'intents' | 'owns'>): GatewaySession {
  let socket: WebSocket | null = null;
  let kept: Dispatch[] = [];
  let seq = 0;
  return {
    ...options,
    isConnected: () => socket !== null,
    dispatch(type, body) {
      seq += 1;
      const event: Dispatch = { op: GatewayOpcodes.Dispatch, t: type, s: seq, d: body };
      kept = [...kept.slice(-(keptEvents - 1)), event];
      if (socket !== null) sendPayload(socket, event);
    },
    attach(next) {
      socket = next;
    },
    replayAfter(after) {
      const first = kept[0]?.s ?? seq + 1;
      return after > seq || after + 1 < first ? null : kept.filter((event) => event.s > after);
    },
    socket: () => socket,
  };
}

/** Sends one payload; a socket that is closing loses it, as a real one does. */
export function sendPayload(
  socket: WebSocket,
  payload: { op: number; d: unknown; s?: number | null; t?: string | null },
): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.send(JSON.stringify({ t: null, s: null, ...payload }));
}

/** The shard of `count` that a server's events go to. Source: events/gateway, Sharding. */
export function shardOf(guild: Snowflake, count: number): number {
  return Number((BigInt(guild) >> 22n) % BigInt(count));
}
