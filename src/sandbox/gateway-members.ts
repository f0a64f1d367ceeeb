import { z } from 'zod';
import type { GatewaySession } from './gateway-session.ts';
import { isMember } from './guild-store.ts';
import type { SandboxState } from './state.ts';
import { memberObject } from './user-objects.ts';
import { snowflake } from './validate-channel.ts';
import { bot } from './world.ts';

/** Members that a query or a list of ids may ask for. Source: events/gateway-events, Request Guild Members. */
const maxAsked = 100;
const maxNonceBytes = 32;

const requestSchema = z
  .object({
    guild_id: z.union([snowflake, z.tuple([snowflake]).transform(([only]) => only)]),
    query: z.string().optional(),
    limit: z.int().min(0).optional(),
    user_ids: z.union([z.array(snowflake).max(maxAsked), snowflake.transform((only) => [only])]).optional(),
    nonce: z.string().optional(),
  })
  .refine(({ query, limit, user_ids: ids }) => ids !== undefined || (query !== undefined && limit !== undefined));

/**
 * Answers a request for members by GUILD_MEMBERS_CHUNK; false for what is no such request. A whole list needs an intent that
 * the sandbox grants nobody: such a request stays without an answer, and so does one for another shard's server.
 */
export function answerMembersRequest(session: GatewaySession, body: unknown, state: SandboxState): boolean {
  const asked = requestSchema.safeParse(body);
  if (!asked.success) return false;
  const { guild_id: guildId, query = '', limit = 0, user_ids: ids, nonce } = asked.data;
  const guild = state.guilds.find(guildId);
  if (guild === undefined || !isMember(guild, bot.id) || !session.owns(guildId)) return true;
  if (ids === undefined && query === '' && limit === 0) return true;
  const members = guild.members.flatMap((member) => {
    const person = state.people.byId(member.user);
    return person === undefined ? [] : [{ member, person }];
  });
  const start = query.toLowerCase();
  const found =
    ids === undefined
      ? members
          .filter(({ person }) => person.name.toLowerCase().startsWith(start))
          .slice(0, Math.min(limit || maxAsked, maxAsked))
      : members.filter(({ person }) => ids.includes(person.id));
  const missing = ids?.filter((wanted) => !found.some(({ person }) => person.id === wanted)) ?? [];
  session.dispatch('GUILD_MEMBERS_CHUNK', {
    guild_id: guildId,
    members: found.map(({ member, person }) => memberObject(member, person)),
    chunk_index: 0,
    chunk_count: 1,
    ...(missing.length === 0 ? {} : { not_found: missing }),
    ...(nonce === undefined || Buffer.byteLength(nonce) > maxNonceBytes ? {} : { nonce }),
  });
  return true;
}
