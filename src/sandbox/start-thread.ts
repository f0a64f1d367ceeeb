import { ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import type { ThreadAutoArchiveDuration } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import { buildMessage, systemMessage } from './build-message.ts';
import { threadObject } from './channel-objects.ts';
import type { UploadedFile } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import type { GuildChannel, Thread } from './guild.ts';
import type { Message } from './message.ts';
import type { Person } from './person.ts';
import { referenceTo } from './reply.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { demandRoom } from './thread-activity.ts';
import type { MessagePayload } from './validate-message.ts';

/** Three days, as Discord's clients suggest. */
const usualAutoArchive: ThreadAutoArchiveDuration = 4_320;

/** What people and bots said; not what Discord says in their name. */
const canBearThread: ReadonlySet<number> = new Set([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
]);

/** A thread to come. Whether its owner may start it was asked before. */
export type ThreadDraft = {
  readonly parent: GuildChannel;
  readonly owner: Person;
  readonly name: string;
  readonly autoArchive?: ThreadAutoArchiveDuration | null | undefined;
  readonly slowmodeS?: number | null | undefined;
};

/**
 * Starts a thread below `message`, whose id it takes; the message says so, and the thread points back to it.
 *
 * @throws ApiError 160004 where it has one, 50021 for what Discord itself said, 160006
 */
export function startThreadFrom(state: SandboxState, message: Message, draft: ThreadDraft): Thread {
  if (state.guilds.thread(message.id) !== undefined) throw refuse(160_004);
  if (!canBearThread.has(message.type)) throw refuse(50021);
  const thread = open(state, draft, { id: message.id, type: publicTypeOf(draft.parent) });
  const starter = {
    ...message,
    flags: message.flags | MessageFlags.HasThread,
    thread: threadObject(thread, state),
  };
  state.replaceMessage(starter);
  const pointer = systemMessage(state, {
    channel: thread.id,
    author: draft.owner,
    type: MessageType.ThreadStarterMessage,
    extra: { message_reference: referenceTo(message, state) },
  });
  state.addMessage(pointer, null);
  return thread;
}

/**
 * Starts a thread that belongs to no message; of a public one the channel is told.
 *
 * @throws ApiError 160006
 */
export function startThread(
  state: SandboxState,
  draft: ThreadDraft,
  kind: { readonly type: Thread['type']; readonly isInvitable?: boolean | null | undefined },
): Thread {
  const thread = open(state, draft, { id: state.nextId(), ...kind });
  if (thread.type === ChannelType.PublicThread) {
    const notice = systemMessage(state, {
      channel: thread.parent,
      author: draft.owner,
      type: MessageType.ThreadCreated,
      content: thread.name,
      extra: { message_reference: { type: 0, guild_id: thread.guild, channel_id: thread.id } },
    });
    state.addMessage(notice, null);
  }
  return thread;
}

/**
 * Starts a post of a forum, whose first message takes its id.
 *
 * @throws ApiError 50006 where the message is empty, 160006
 */
export function startPost(
  state: SandboxState,
  files: FileStore,
  draft: ThreadDraft & { readonly tags: readonly Snowflake[] },
  said: { readonly payload: MessagePayload; readonly files: readonly UploadedFile[] },
): { readonly thread: Thread; readonly message: Message } {
  demandRoom(state, draft.parent.guild);
  const id = state.nextId();
  const message = buildMessage(state, files, { ...said, channel: id, author: draft.owner, extra: { id } });
  const thread = open(state, draft, { id, type: ChannelType.PublicThread, tags: draft.tags });
  state.addMessage(message, null);
  return { thread, message };
}

/** What a thread that all can see is called in this channel. */
export function publicTypeOf(parent: GuildChannel): ChannelType.PublicThread | ChannelType.AnnouncementThread {
  return parent.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
}

function open(
  state: SandboxState,
  draft: ThreadDraft,
  kind: Pick<Thread, 'id' | 'type'> & {
    readonly isInvitable?: boolean | null | undefined;
    readonly tags?: readonly Snowflake[];
  },
): Thread {
  const { parent, owner, name } = draft;
  demandRoom(state, parent.guild);
  const thread: Thread = {
    id: kind.id,
    guild: parent.guild,
    parent: parent.id,
    type: kind.type,
    name,
    owner: owner.id,
    createdMs: state.now(),
    isArchived: false,
    archiveChangedMs: state.now(),
    isLocked: false,
    isInvitable: kind.isInvitable ?? true,
    autoArchive: draft.autoArchive ?? usualAutoArchive,
    slowmodeS: draft.slowmodeS ?? 0,
    flags: 0,
    tags: kind.tags ?? [],
    members: [owner.id],
    totalMessages: 0,
  };
  state.guilds.addThread(thread);
  return thread;
}
