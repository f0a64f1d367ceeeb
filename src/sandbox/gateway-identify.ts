import { GatewayCloseCodes as Close, GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { z } from 'zod';
import { shardOf } from './gateway-session.ts';
import type { Shard } from './gateway-session.ts';
import type { Snowflake } from './snowflake.ts';

/** Servers that one shard may hold. Source: events/gateway, Sharding. */
const maxGuildsOfShard = 2_500;

const knownIntents = Object.values(Intent).reduce<number>((all, bit) => (typeof bit === 'number' ? all | bit : all), 0);
/** Intents that an application must be allowed first; this one is not, as a bot like it needs none. */
const privilegedIntents = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;

/** The shard may be any pair here: one that cannot be is refused by a code of its own. */
export const identifySchema = z.object({
  token: z.string(),
  intents: z.int().min(0),
  properties: z.record(z.string(), z.unknown()),
  compress: z.boolean().optional(),
  shard: z.unknown().optional(),
});
export const resumeSchema = z.object({ token: z.string(), session_id: z.string(), seq: z.int().min(0).nullable() });

const shardSchema = z.tuple([z.int().min(0), z.int().min(1)]).refine(([index, count]) => index < count);

/** What a client asks for: its shard with the servers in it, or the close that refuses it. */
export type IdentifyAnswer =
  | { readonly ok: true; readonly shard: Shard; readonly guilds: readonly Snowflake[] }
  | { readonly ok: false; readonly code: number; readonly reason: string };

/** The shard that `shard` asks for; whoever names none is the only one. Null where there can be no such shard. */
export function readShard(shard: unknown): Shard | null {
  if (shard === undefined || shard === null) return [0, 1];
  return shardSchema.safeParse(shard).data ?? null;
}

/** Whether a session with these intents and this shard may be. @param guilds all servers that the bot is in */
export function judgeIdentify(intents: number, shard: Shard | null, guilds: readonly Snowflake[]): IdentifyAnswer {
  if (shard === null) return { ok: false, code: Close.InvalidShard, reason: 'Invalid shard.' };
  if ((intents & ~knownIntents) !== 0 || intents > knownIntents) {
    return { ok: false, code: Close.InvalidIntents, reason: 'Invalid intent(s).' };
  }
  if ((intents & privilegedIntents) !== 0) {
    return { ok: false, code: Close.DisallowedIntents, reason: 'Disallowed intent(s).' };
  }
  const own = guilds.filter((id) => shardOf(id, shard[1]) === shard[0]);
  return own.length > maxGuildsOfShard
    ? { ok: false, code: Close.ShardingRequired, reason: 'Sharding is required.' }
    : { ok: true, shard, guilds: own };
}
