import { ChannelFlags, MessageType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import type { z } from 'zod';
import { botPermissionsIn, sendingIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import { systemMessage } from './build-message.ts';
import { isForum } from './channel-objects.ts';
import { parseForm } from './form-errors.ts';
import { demandTags } from './forum-tags.ts';
import type { Change, GuildChannel, Thread } from './guild.ts';
import { has } from './permissions.ts';
import type { SandboxState } from './state.ts';
import { demandRoom, settleThread } from './thread-activity.ts';
import { changeThreadSchema } from './validate-thread.ts';
import { bot } from './world.ts';

type Form = z.infer<typeof changeThreadSchema>;

/**
 * What PATCH /channels/:id does to a thread. Source: resources/channel, Modify Channel; topics/threads, Editing & Deleting Threads.
 *
 * @throws ApiError 50035, 50013, 50083, 160005, 160006, 30047, 50024, and those of tags
 */
export function changeThread(
  state: SandboxState,
  place: Extract<ChannelAccess, { kind: 'thread' }>,
  body: unknown,
): void {
  const form = parseForm(changeThreadSchema, body);
  const thread = settleThread(state, place.thread);
  const held = botPermissionsIn(place);
  const isModerator = has(held, Permission.ManageThreads);
  if (thread.isArchived && form.archived !== false) throw refuse(50083);
  if (thread.isLocked && !isModerator) throw refuse(160_005);
  if (!isModerator && !mayChange(form, thread.owner === bot.id, has(held, sendingIn(place)))) throw refuse(50013);
  const forum = state.guilds.channel(thread.parent);
  if (forum !== undefined)
    demandFits(form, thread, { forum, isModerator, threads: state.guilds.threadsBelow(forum.id) });
  if (thread.isArchived) demandRoom(state, thread.guild);
  const next = state.guilds.changeThread(thread.id, changeOf(form, thread, state.now()));
  if (next.name !== thread.name && !next.isArchived) {
    const { id: channel, name: content } = next;
    state.addMessage(
      systemMessage(state, { channel, author: bot, type: MessageType.ChannelNameChange, content }),
      null,
    );
  }
}

/** Whether somebody who does not moderate may ask for all of this. */
function mayChange(form: Form, isOwner: boolean, maySend: boolean): boolean {
  if ([form.locked, form.rate_limit_per_user, form.flags].some(isGiven)) return false;
  if (form.archived === false && !maySend) return false;
  const owners = [form.name, form.auto_archive_duration, form.invitable, form.applied_tags];
  return isOwner || (form.archived !== true && !owners.some(isGiven));
}

function isGiven(value: unknown): boolean {
  return value !== undefined;
}

/** @throws ApiError where tags or the pin do not fit the forum */
function demandFits(
  form: Form,
  thread: Thread,
  within: { readonly forum: GuildChannel; readonly isModerator: boolean; readonly threads: readonly Thread[] },
): void {
  const { forum, isModerator, threads } = within;
  if (form.applied_tags) demandTags(forum, form.applied_tags, { isModerator, before: thread.tags });
  if (((form.flags ?? 0) & ChannelFlags.Pinned) === 0) return;
  if (!isForum(forum)) throw refuse(50024);
  const isTaken = threads.some(
    ({ id, parent, flags }) => id !== thread.id && parent === forum.id && (flags & ChannelFlags.Pinned) !== 0,
  );
  if (isTaken) throw refuse(30047);
}

function changeOf(form: Form, thread: Thread, nowMs: number): Change<Thread> {
  const isArchived = form.archived ?? thread.isArchived;
  const autoArchive = form.auto_archive_duration ?? thread.autoArchive;
  const isMarked = isArchived !== thread.isArchived || autoArchive !== thread.autoArchive;
  return {
    name: form.name ?? thread.name,
    isArchived,
    autoArchive,
    archiveChangedMs: isMarked ? nowMs : thread.archiveChangedMs,
    isLocked: form.locked ?? thread.isLocked,
    isInvitable: form.invitable ?? thread.isInvitable,
    slowmodeS: form.rate_limit_per_user === undefined ? thread.slowmodeS : (form.rate_limit_per_user ?? 0),
    flags: form.flags === undefined ? thread.flags : (form.flags ?? 0) & ChannelFlags.Pinned,
    tags: form.applied_tags ?? thread.tags,
  };
}
