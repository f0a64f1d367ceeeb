import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { z } from 'zod';
import { accessChannel, accessGuild } from './access.ts';
import { refuse } from './api-error.ts';
import { isForum, threadMemberObject, threadObject } from './channel-objects.ts';
import { param, readingEndpoint } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import { parseForm } from './form-errors.ts';
import type { Thread } from './guild.ts';
import type { JsonObject } from './json.ts';
import { has, permissionsIn } from './permissions.ts';
import { compareSnowflakes } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { archiveQuietThreads } from './thread-activity.ts';
import { snowflake } from './validate-channel.ts';
import { bot } from './world.ts';

const limit = z.coerce.number().int().min(2).max(100).default(50);
const byTimeSchema = z.object({ limit, before: z.iso.datetime({ offset: true }).optional() });
const byIdSchema = z.object({ limit, before: snowflake.optional() });

/** Threads of a server or of a channel, active and archived. */
export function threadListEndpoints(state: SandboxState): Endpoint[] {
  /** Archived threads below the channel of the path. */
  const archived = (call: Call, needed: bigint): Thread[] => {
    const place = accessChannel(state, param(call, 'id'), needed);
    if (place.kind === 'direct') throw refuse(50003);
    const withThreads: readonly number[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
    const holdsThreads =
      place.kind === 'channel' && (withThreads.includes(place.channel.type) || isForum(place.channel));
    if (!holdsThreads) throw refuse(50024);
    archiveQuietThreads(state, place.guild);
    return state.guilds.threadsBelow(place.id).filter((thread) => thread.isArchived);
  };
  const byTime = (call: Call, needed: bigint, wanted: (thread: Thread) => boolean) => {
    const page = parseForm(byTimeSchema, Object.fromEntries(call.query));
    const before = page.before === undefined ? Infinity : Date.parse(page.before);
    const found = archived(call, needed)
      .filter((thread) => wanted(thread) && thread.archiveChangedMs < before)
      .toSorted((a, b) => b.archiveChangedMs - a.archiveChangedMs || compareSnowflakes(b.id, a.id));
    return listObject(found, page.limit, state);
  };
  const history = Permission.ReadMessageHistory;
  return [
    readingEndpoint('/guilds/:id/threads/active', (call) => {
      archiveQuietThreads(state, accessGuild(state, param(call, 'id')));
      const guild = accessGuild(state, param(call, 'id'));
      const seen = state.guilds
        .activeThreadsOf(guild.id)
        .filter((thread) => has(permissionsIn(guild, bot.id, thread), Permission.ViewChannel))
        .toSorted((a, b) => compareSnowflakes(b.id, a.id));
      return listObject(seen, seen.length, state);
    }),
    readingEndpoint('/channels/:id/threads/archived/public', (call) =>
      byTime(call, history, (thread) => !isPrivate(thread)),
    ),
    readingEndpoint('/channels/:id/threads/archived/private', (call) =>
      byTime(call, history | Permission.ManageThreads, isPrivate),
    ),
    readingEndpoint('/channels/:id/users/@me/threads/archived/private', (call) => {
      const page = parseForm(byIdSchema, Object.fromEntries(call.query));
      const { before } = page;
      const found = archived(call, history)
        .filter((thread) => isPrivate(thread) && thread.members.includes(bot.id))
        .filter(({ id }) => before === undefined || compareSnowflakes(id, before) < 0)
        .toSorted((a, b) => compareSnowflakes(b.id, a.id));
      return listObject(found, page.limit, state);
    }),
  ];
}

function isPrivate(thread: Thread): boolean {
  return thread.type === ChannelType.PrivateThread;
}

function listObject(threads: readonly Thread[], count: number, state: SandboxState): JsonObject {
  const shown = threads.slice(0, count);
  return {
    threads: shown.map((thread) => threadObject(thread, state)),
    members: shown
      .filter((thread) => thread.members.includes(bot.id))
      .map((thread) => threadMemberObject(thread, bot.id)),
    has_more: threads.length > shown.length,
  };
}
