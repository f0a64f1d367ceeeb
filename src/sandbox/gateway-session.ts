import { GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { GatewayLink } from './gateway-link.ts';
import { createReplay } from './gateway-replay.ts';
import type { Snowflake } from './snowflake.ts';

/** Which of how many parts of the bot's servers, as `identify` says it. */
export type Shard = readonly [index: number, count: number];

/** One login of the bot: it outlives its connection, so that a client that was cut off misses nothing. */
export type GatewaySession = {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  /** Whether the session hears of private channels and of all else that belongs to no server. */
  readonly isShardZero: boolean;
  /** Whether the server's events belong to this session's shard. */
  owns(guildId: Snowflake): boolean;
  readonly isConnected: () => boolean;
  /** Numbers and keeps the event, and sends it when somebody listens. Events that ask for no replay are not sent again. */
  dispatch(type: string, body: unknown, replay?: 'never'): void;
  /** The same for a body that is JSON already, as many sessions hear it. */
  dispatchJson(type: string, body: string): void;
  /** Takes `link` as the session's own; null when it is gone. */
  attach(link: GatewayLink | null): void;
  /** The events after `seq` as JSON, to be sent again; null where some of them are no longer there. */
  replayAfter(seq: number): readonly string[] | null;
  readonly lastSeq: () => number;
  /** Characters that are kept for a client that comes back. */
  readonly keptCharacters: () => number;
  /** Forgets the events that are kept: who comes back and has missed some must begin anew. */
  forgetEvents(): void;
  /** The connection that is the session's own, though it may be dead. */
  readonly link: () => GatewayLink | null;
};

export function createGatewaySession(options: { id: string; intents: number; shard: Shard }): GatewaySession {
  const { shard } = options;
  const replay = createReplay();
  let link: GatewayLink | null = null;
  const dispatchJson = (type: string, body: string, again?: 'never') => {
    const t = JSON.stringify(type);
    const event = `{"t":${t},"s":${String(replay.lastSeq() + 1)},"op":${String(Op.Dispatch)},"d":${body}}`;
    replay.keep(again === 'never' ? '' : event);
    link?.send(event);
  };
  return {
    ...options,
    isShardZero: shard[0] === 0,
    owns: (guildId) => shardOf(guildId, shard[1]) === shard[0],
    isConnected: () => link?.isOpen() ?? false,
    dispatch: (type, body, again) => dispatchJson(type, JSON.stringify(body), again),
    dispatchJson,
    attach(next) {
      link = next;
    },
    replayAfter: replay.after,
    lastSeq: replay.lastSeq,
    keptCharacters: replay.characters,
    forgetEvents: replay.forget,
    link: () => link,
  };
}

/** The JSON of a payload that is no event: the parts that only an event has are null. */
export function payloadText(payload: { op: number; d: unknown }): string {
  return JSON.stringify({ t: null, s: null, ...payload });
}

/** The shard of `count` that a server's events go to. Source: events/gateway, Sharding. */
export function shardOf(guild: Snowflake, count: number): number {
  return count === 1 ? 0 : Number((BigInt(guild) >> 22n) % BigInt(count));
}
