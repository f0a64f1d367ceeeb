import { Events } from 'discord.js';
import type { Client } from 'discord.js';
import { z } from 'zod';
import type { Target } from '../domain/target.ts';
import { messageOf } from '../lib/errors.ts';
import { kindOfChannel } from './channel-kind.ts';

/** A channel that posts can go to. */
export type Place = { readonly id: string; readonly kind: Exclude<Target['kind'], 'dm'> };

/** What happens to the places of servers, as far as it concerns posts. Called in the order in which it happened; must not throw. */
export type PlaceEvents = {
  /** We are in: all servers there are, and their channels as far as we see them. */
  connected(guildIds: readonly string[], places: readonly Place[]): void;
  /**
   * Something changed that may let us post in a server where we could not; `places` are channels of it as they are now. A session that was
   * lost begins anew with one for every server.
   */
  changed(guildId: string, places: readonly Place[]): void;
  /** We are no longer in a server. */
  removed(guildId: string): void;
  /** A channel or thread is no more. `name` as people wrote it; null where Discord did not tell. */
  deleted(channelId: string, name: string | null): void;
};

const channelSchema = z.object({ id: z.string(), type: z.int() });
const inGuildSchema = z.object({ guild_id: z.string() });
const guildSchema = z.object({ id: z.string(), channels: z.array(channelSchema).default([]) });
const lostGuildSchema = z.object({ id: z.string(), unavailable: z.boolean().default(false) });
const memberSchema = z.object({ guild_id: z.string(), user: z.object({ id: z.string() }) });
const goneChannelSchema = z.object({ id: z.string(), name: z.string().nullish() });

/** A dispatch of the gateway, as much of it as all have in common. */
const packetSchema = z.object({ t: z.string().nullable(), d: z.unknown() });

/**
 * Tells of the places of servers from now on. It reads Discord's own events and not the library's, which stay out where a thread or a
 * member is not in its caches.
 */
export function watchPlaces(client: Client, events: PlaceEvents): void {
  client.on(Events.ClientReady, (ready) => {
    const places = [...ready.channels.cache.values()].flatMap(placeOf);
    events.connected([...ready.guilds.cache.keys()], places);
  });
  client.on(Events.Raw, (packet: unknown) => {
    const read = packetSchema.safeParse(packet);
    // Until it is ready, the client is told of every server there is.
    if (!read.success || !client.isReady()) return;
    try {
      tell(read.data.t, read.data.d, client.user.id, events);
    } catch (thrown) {
      // Thrown here, it would end the process.
      client.emit(Events.Warn, `an event ${read.data.t} could not be read: ${messageOf(thrown)}`);
    }
  });
}

function tell(type: string | null, body: unknown, botId: string, events: PlaceEvents): void {
  switch (type) {
    case 'CHANNEL_UPDATE': {
      const { guild_id: guildId, ...channel } = channelSchema.extend(inGuildSchema.shape).parse(body);
      return events.changed(guildId, placeOf(channel));
    }
    case 'THREAD_UPDATE':
    case 'GUILD_ROLE_UPDATE':
    case 'GUILD_ROLE_DELETE':
      return events.changed(inGuildSchema.parse(body).guild_id, []);
    case 'GUILD_MEMBER_UPDATE': {
      // Without the privileged intent Discord tells of ourselves alone.
      const { guild_id: guildId, user } = memberSchema.parse(body);
      return user.id === botId ? events.changed(guildId, []) : undefined;
    }
    case 'GUILD_CREATE':
    case 'GUILD_UPDATE': {
      const { id, channels } = guildSchema.parse(body);
      return events.changed(id, channels.flatMap(placeOf));
    }
    case 'GUILD_DELETE': {
      // An outage of Discord ends with GUILD_CREATE.
      const { id, unavailable } = lostGuildSchema.parse(body);
      return unavailable ? undefined : events.removed(id);
    }
    case 'CHANNEL_DELETE':
    case 'THREAD_DELETE': {
      const { id, name = null } = goneChannelSchema.parse(body);
      return events.deleted(id, name);
    }
    default:
      return undefined;
  }
}

function placeOf({ id, type }: { readonly id: string; readonly type: number }): Place[] {
  const kind = kindOfChannel(type);
  return kind === null ? [] : [{ id, kind }];
}
