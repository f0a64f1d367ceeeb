import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { botPermissionsIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import type { Guild, Thread } from './guild.ts';
import { has, permissionsIn } from './permissions.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { bot } from './world.ts';

/** Of one server. Source: community measurements; Discord documents the refusal and not the number. */
const maxActiveThreads = 1_000;

/** A participant more is refused. */
const maxMembers = 1_000;

/**
 * To be called for each message that `author` sends, when it is ready and just before it is added: counts it, brings the thread back
 * where it was archived, and makes the author a member. Does nothing where `channel` is no thread.
 *
 * @throws ApiError 160005 where the thread is locked for the author, 160006 where it cannot be brought back
 */
export function noteThreadMessage(state: SandboxState, channel: Snowflake, author: Snowflake): void {
  const thread = state.guilds.thread(channel);
  const guild = state.guilds.ofChannel(channel);
  if (thread === undefined || guild === undefined) return;
  if (thread.isLocked && !has(permissionsIn(guild, author, thread), Permission.ManageThreads)) throw refuse(160_005);
  if (settleThread(state, thread).isArchived) {
    demandRoom(state, guild.id);
    state.guilds.changeThread(channel, { isArchived: false, archiveChangedMs: state.now() });
  }
  if (thread.members.length < maxMembers) state.guilds.joinThread(channel, author);
  state.guilds.countMessage(channel);
}

/**
 * Refuses what the bot cannot answer to an interaction: one of an archived and locked thread, which only moderators bring back.
 * Source: discord-api-docs#5517, #6884.
 *
 * @throws ApiError 50083
 */
export function demandAnswerable(state: SandboxState, channel: Snowflake): void {
  const thread = state.guilds.thread(channel);
  const guild = state.guilds.ofChannel(channel);
  if (thread === undefined || guild === undefined) return;
  const { isArchived, isLocked } = settleThread(state, thread);
  if (!isArchived || !isLocked || has(permissionsIn(guild, bot.id, thread), Permission.ManageThreads)) return;
  throw refuse(50083);
}

/**
 * Refuses what cannot be done with messages of an archived or locked thread; all is well elsewhere. Messages of an archived thread can
 * be deleted as long as it is not locked too. Source: topics/threads, Locked Threads; Active & Archived Threads.
 *
 * @throws ApiError 50083 archived, 160005 locked for the bot
 */
export function demandOpen(state: SandboxState, place: ChannelAccess, act: 'edit' | 'react' | 'delete'): void {
  if (place.kind !== 'thread') return;
  const { isArchived, isLocked } = settleThread(state, place.thread);
  const isClosed = isLocked && !has(botPermissionsIn(place), Permission.ManageThreads);
  if (isArchived && (act !== 'delete' || isClosed)) throw refuse(50083);
  if (isClosed && act === 'edit') throw refuse(160_005);
}

/** @throws ApiError 160006 where the server has as many active threads as it may have */
export function demandRoom(state: SandboxState, guild: Snowflake): void {
  archiveQuietThreads(state, state.guilds.find(guild));
  if (state.guilds.activeThreadsOf(guild).length >= maxActiveThreads) throw refuse(160_006);
}

/** @throws ApiError 30033 where nobody more can join */
export function demandSeat(thread: Thread): void {
  if (thread.members.length >= maxMembers) throw refuse(30033);
}

/** The thread as it is now: archived where nothing was said in it for as long as it stays in the list. */
export function settleThread(state: SandboxState, thread: Thread): Thread {
  const quietMs = thread.autoArchive * 60_000;
  const nowMs = state.now();
  if (thread.isArchived || nowMs - thread.archiveChangedMs < quietMs) return thread;
  const last = state.lastMessage(thread.id);
  if (last !== undefined && nowMs - Date.parse(last.timestamp) < quietMs) return thread;
  return state.guilds.changeThread(thread.id, { isArchived: true, archiveChangedMs: nowMs });
}

/** Archives all quiet threads of the server. */
export function archiveQuietThreads(state: SandboxState, guild: Guild | undefined): void {
  if (guild === undefined) return;
  for (const thread of state.guilds.activeThreadsOf(guild.id)) settleThread(state, thread);
}
