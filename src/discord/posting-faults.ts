import { OverwriteType, Routes } from 'discord.js';
import type { REST } from 'discord.js';
import { z } from 'zod';
import { AppError } from '../lib/errors.ts';
import { effectivePermissions } from './effective-permissions.ts';
import { discordFailure } from './failure.ts';
import { carefulPostingPermissions, lackingPermissions } from './posting-permissions.ts';
import { readAnswer } from './read-answer.ts';

const guildSchema = z.object({
  id: z.string(),
  name: z.string(),
  owner_id: z.string(),
  roles: z.array(z.object({ id: z.string(), permissions: z.string() })),
});
const memberSchema = z.object({ roles: z.array(z.string()) });
const overwriteSchema = z.object({ id: z.string(), type: z.enum(OverwriteType), allow: z.string(), deny: z.string() });
const channelSchema = z.object({
  id: z.string(),
  name: z.string().nullish(),
  type: z.int(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(overwriteSchema).default([]),
});
type Channel = z.infer<typeof channelSchema>;

/**
 * What keeps the bot from posting in channels of one server, a sentence for each such channel. Three requests, and one for each thread.
 *
 * @throws AppError `token-refused`, `discord-unreachable`, or `discord-refused` for something else than a missing server or channel
 */
export async function postingFaults(
  rest: REST,
  botId: string,
  guildId: string,
  channelIds: readonly string[],
): Promise<string[]> {
  const guild = await orMissing(readAnswer(rest, Routes.guild(guildId), guildSchema));
  if (guild === null) {
    return channelIds.map((id) => `channel ${id}: the bot is not in its server ${guildId}`);
  }
  const member = await readAnswer(rest, Routes.guildMember(guildId, botId), memberSchema);
  const channels = await readAnswer(rest, Routes.guildChannels(guildId), z.array(channelSchema));
  const byId = new Map(channels.map((channel) => [channel.id, channel]));
  const rights = { id: guild.id, ownerId: guild.owner_id, roles: guild.roles };

  const faults: string[] = [];
  for (const id of channelIds) {
    // Threads are not in the server's list, nor is a channel that was deleted.
    const channel = byId.get(id) ?? (await orMissing(readAnswer(rest, Routes.channel(id), channelSchema)));
    if (channel === null) {
      faults.push(`channel ${id} in ${guild.name}: it is gone, or the bot may not see it`);
      continue;
    }
    const { permission_overwrites: overwrites } = byId.get(channel.id) ?? parentOf(channel, byId);
    const permissions = effectivePermissions(rights, { id: botId, roles: member.roles }, overwrites);
    const lacking = lackingPermissions(permissions, carefulPostingPermissions(channel.type));
    if (lacking.length > 0) faults.push(`#${channel.name ?? id} in ${guild.name}: the bot lacks ${lacking.join(', ')}`);
  }
  return faults;
}

function parentOf(thread: Channel, channels: ReadonlyMap<string, Channel>): Channel {
  return channels.get(thread.parent_id ?? '') ?? thread;
}

/** Null where Discord says that there is no such thing, or that we may not see it. */
async function orMissing<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    const failure = error instanceof AppError ? discordFailure(error.cause) : null;
    if (failure?.kind === 'refused' && (failure.status === 404 || failure.status === 403)) return null;
    throw error;
  }
}
