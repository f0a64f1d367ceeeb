import { MessageFlags, MessageType } from 'discord-api-types/v10';
import { refuse } from './api-error.ts';
import { echoComponents, echoEmbeds } from './echo.ts';
import type { UploadedFile } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import { invalidForm } from './form-errors.ts';
import { discordTime } from './message.ts';
import type { Message } from './message.ts';
import { attach, unfurled, withAttachedPictures } from './message-attachments.ts';
import { mentionedUsers } from './message-mentions.ts';
import type { Person } from './person.ts';
import { referenceTo } from './reply.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import { legacyFieldFault, legacyFields } from './validate-message.ts';
import type { MessagePayload } from './validate-message.ts';

/** Of a new message. Of an old one, SUPPRESS_EMBEDS comes and goes, and Components V2 only comes. Source: resources/message, Edit Message. */
const settableFlags = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

const reply: number = MessageType.Reply;

export type Draft = {
  readonly channel: string;
  readonly author: Person;
  readonly payload: MessagePayload;
  readonly files: readonly UploadedFile[];
  /** The message of the channel that this one replies to. */
  readonly repliedTo?: Message | undefined;
  /** Where the message stands in the request's body. */
  readonly under?: readonly string[];
  /** Properties that the message has besides its own: type, flags, interaction, webhook. */
  readonly extra?: Partial<Message>;
};

/**
 * A new message with an id of its own, as Discord would answer it; it is not in the channel yet.
 *
 * @throws ApiError 50006 when there is nothing to show, 50035 or 50046 when it shows a file that did not come, 30015
 */
export function buildMessage(state: SandboxState, files: FileStore, draft: Draft): Message {
  const { payload, extra, repliedTo, under = [] } = draft;
  const id = state.nextId();
  const attachments = attach(state, files, draft.channel, { had: [], files: draft.files, payload });
  const content = payload.content ?? '';
  const message: Message = {
    ...bareMessage(state, id, draft),
    content,
    tts: payload.tts ?? false,
    mentions: mentionedUsers(content, payload, repliedTo, state),
    attachments,
    embeds: echoEmbeds(withAttachedPictures(payload.embeds ?? [], attachments)),
    components: echoComponents(payload.components ?? [], unfurled(attachments, state, under)),
    ...(repliedTo === undefined ? {} : { type: MessageType.Reply, message_reference: referenceTo(repliedTo, state) }),
    ...(payload.nonce === undefined || payload.nonce === null ? {} : { nonce: payload.nonce }),
    ...extra,
    flags: ((payload.flags ?? 0) & settableFlags) | (extra?.flags ?? 0),
  };
  demandContent(message);
  return message;
}

/** What Discord itself says in the name of somebody: that they pinned a message, or began a thread. */
export function systemMessage(
  state: SandboxState,
  draft: {
    readonly channel: string;
    readonly author: Person;
    readonly type: number;
    readonly content?: string;
    readonly extra?: Partial<Message>;
  },
): Message {
  const { type, content = '' } = draft;
  return { ...bareMessage(state, state.nextId(), draft), content, type, ...draft.extra };
}

/** A message of now that says nothing. */
function bareMessage(state: SandboxState, id: Snowflake, by: Pick<Draft, 'channel' | 'author'>): Message {
  return {
    id,
    channel_id: by.channel,
    author: userObject(by.author),
    content: '',
    timestamp: discordTime(state.now()),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    type: MessageType.Default,
    flags: 0,
  };
}

/**
 * `message` after an edit: what the payload leaves out stays.
 *
 * @param under where the message stands in the request's body
 * @throws ApiError as buildMessage does; 50035 when it becomes one of Components V2 with a text or embeds left
 */
export function editMessage(
  state: SandboxState,
  files: FileStore,
  message: Message,
  payload: MessagePayload,
  uploaded: readonly UploadedFile[],
  under: readonly string[] = [],
): Message {
  const kept = payload.attachments === undefined ? undefined : new Set((payload.attachments ?? []).map(({ id }) => id));
  const had = message.attachments.filter((one) => kept === undefined || kept.has(String(one['id'])));
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  const content = payload.content === undefined ? message.content : (payload.content ?? '');
  const flags = editedFlags(message, payload);
  // Embeds go only by an empty list. Source: discord-api-docs#7787.
  if ((flags & MessageFlags.IsComponentsV2) !== 0)
    demandNoLegacy({ content, embeds: payload.embeds ?? message.embeds }, under);
  const attachments = attach(state, files, message.channel_id, { had, files: uploaded, payload });
  const edited: Message = {
    ...message,
    content,
    mentions:
      payload.content === undefined
        ? message.mentions
        : mentionedUsers(content, payload, repliedBy(message, state), state),
    attachments,
    embeds:
      payload.embeds === undefined
        ? message.embeds
        : echoEmbeds(withAttachedPictures(payload.embeds ?? [], attachments)),
    components:
      payload.components === undefined
        ? message.components
        : echoComponents(payload.components ?? [], unfurled(attachments, state, under)),
    flags,
    // Filling in a deferred answer is no edit that a reader would be told of.
    edited_timestamp: wasLoading ? message.edited_timestamp : discordTime(state.now()),
  };
  demandContent(edited);
  return edited;
}

function editedFlags({ flags }: Message, { flags: given }: MessagePayload): number {
  const kept = flags & ~MessageFlags.Loading;
  if (given === undefined || given === null) return kept;
  return (kept & ~MessageFlags.SuppressEmbeds) | (given & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2));
}

/** What `message` replies to of its author's own will; answers to interactions ping nobody. */
function repliedBy(message: Message, state: SandboxState): Message | undefined {
  if (message.type !== reply || message.interaction_metadata !== undefined) return undefined;
  return state.findPublic(message.channel_id, String(message.message_reference?.['message_id']));
}

function demandNoLegacy(
  left: { readonly content: string; readonly embeds: readonly unknown[] },
  under: readonly string[],
): void {
  const faults = legacyFields.filter((name) => left[name].length > 0).map(legacyFieldFault);
  if (faults.length > 0) throw invalidForm(faults.map((one) => ({ ...one, path: [...under, ...one.path] })));
}

function demandContent(message: Message): void {
  if ((message.flags & MessageFlags.Loading) !== 0) return;
  const { content, embeds, components, attachments } = message;
  if (content === '' && embeds.length + components.length + attachments.length === 0) throw refuse(50006);
}
