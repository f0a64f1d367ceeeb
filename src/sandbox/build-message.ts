import { MessageFlags } from 'discord-api-types/v10';
import { ApiError, refuse } from './api-error.ts';
import { echoComponents, echoEmbeds } from './echo.ts';
import type { Media } from './echo.ts';
import type { UploadedFile } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { discordTime } from './message.ts';
import type { Message, UserObject } from './message.ts';
import type { Person } from './person.ts';
import type { SandboxState } from './state.ts';
import { userObject } from './user-objects.ts';
import type { MessagePayload } from './validate-message.ts';

const settableFlags = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

export type Draft = {
  readonly channel: string;
  readonly author: Person;
  readonly payload: MessagePayload;
  readonly files: readonly UploadedFile[];
  /** Properties that the message has besides its own: type, flags, interaction, webhook. */
  readonly extra?: Partial<Message>;
};

/**
 * A new message with an id of its own, as Discord would answer it; it is not in the channel yet.
 *
 * @throws ApiError 50006 when there is nothing to show
 */
export function buildMessage(state: SandboxState, files: FileStore, draft: Draft): Message {
  const { payload, extra } = draft;
  const id = state.nextId();
  const attachments = draft.files.map((file, at) =>
    files.keep(draft.channel, state.nextId(), file, payload.attachments?.[at]?.description),
  );
  const content = payload.content ?? '';
  const message: Message = {
    id,
    channel_id: draft.channel,
    author: userObject(draft.author),
    content,
    timestamp: discordTime(state.now()),
    edited_timestamp: null,
    tts: payload.tts ?? false,
    mention_everyone: false,
    mentions: mentionedUsers(content, payload, state),
    mention_roles: [],
    attachments,
    embeds: echoEmbeds(withAttachments(payload.embeds ?? [], attachments)),
    components: echoComponents(payload.components ?? [], unfurled(attachments, state)),
    pinned: false,
    type: 0,
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
  return {
    id: state.nextId(),
    channel_id: draft.channel,
    author: userObject(draft.author),
    content: draft.content ?? '',
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
    type: draft.type,
    flags: 0,
    ...draft.extra,
  };
}

/**
 * `message` after an edit: what the payload leaves out stays.
 *
 * @throws ApiError 50006 when nothing would be left to show
 */
export function editMessage(
  state: SandboxState,
  files: FileStore,
  message: Message,
  payload: MessagePayload,
  uploaded: readonly UploadedFile[],
): Message {
  const kept = payload.attachments === undefined ? undefined : new Set((payload.attachments ?? []).map(({ id }) => id));
  const attachments = [
    ...message.attachments.filter((attachment) => kept === undefined || kept.has(String(attachment['id']))),
    ...uploaded.map((file) => files.keep(message.channel_id, state.nextId(), file, null)),
  ];
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  const content = payload.content === undefined ? message.content : (payload.content ?? '');
  // The flag of Components V2 can be given but never taken away.
  const flags = (message.flags & ~MessageFlags.Loading) | ((payload.flags ?? 0) & settableFlags);
  const edited: Message = {
    ...message,
    content,
    mentions: payload.content === undefined ? message.mentions : mentionedUsers(content, payload, state),
    attachments,
    embeds:
      payload.embeds === undefined ? message.embeds : echoEmbeds(withAttachments(payload.embeds ?? [], attachments)),
    components:
      payload.components === undefined
        ? message.components
        : echoComponents(payload.components ?? [], unfurled(attachments, state)),
    flags,
    // Filling in a deferred answer is no edit that a reader would be told of.
    edited_timestamp: wasLoading ? message.edited_timestamp : discordTime(state.now()),
  };
  demandContent(edited);
  return edited;
}

function demandContent(message: Message): void {
  if ((message.flags & MessageFlags.Loading) !== 0) return;
  const { content, embeds, components, attachments } = message;
  if (content === '' && embeds.length + components.length + attachments.length === 0) throw refuse(50006);
}

/** Who is mentioned, as far as the payload allows it; without `allowed_mentions` everybody is. */
function mentionedUsers(content: string, payload: MessagePayload, state: SandboxState): UserObject[] {
  const allowed = payload.allowed_mentions;
  const ids = new Set(Array.from(content.matchAll(/<@!?(\d{1,20})>/g), (match) => match[1] ?? ''));
  return [...ids]
    .filter((id) => !allowed || allowed.parse?.includes('users') === true || allowed.users?.includes(id) === true)
    .flatMap((id) => state.people.byId(id) ?? [])
    .map(userObject);
}

/** Embeds whose pictures came with the message: `attachment://name` becomes the address of the file. */
function withAttachments(embeds: readonly JsonObject[], attachments: readonly JsonObject[]): JsonObject[] {
  const resolve = (picture: unknown): unknown => {
    const file = isJsonObject(picture) ? attachedFile(picture['url'], attachments) : undefined;
    return isJsonObject(picture) && file !== undefined ? { ...picture, url: file['url'] } : picture;
  };
  return embeds.map((embed) => ({ ...embed, image: resolve(embed['image']), thumbnail: resolve(embed['thumbnail']) }));
}

/** What components show, as Discord has looked at it; pictures and files that came with the message by their own addresses. */
function unfurled(attachments: readonly JsonObject[], state: SandboxState): (given: JsonObject) => Media {
  return ({ url }) => {
    const file = attachedFile(url, attachments);
    const address = file?.['url'] ?? url;
    const attached =
      file === undefined ? {} : { content_type: file['content_type'] ?? null, attachment_id: file['id'] };
    return {
      shown: { id: state.nextId(), url: address, proxy_url: address, width: null, height: null, ...attached },
      name: file === undefined ? null : String(file['filename']),
      size: file === undefined ? null : Number(file['size']),
    };
  };
}

/** @throws ApiError 50046 where `attachment://name` names no file of the message; undefined for any other address */
function attachedFile(url: unknown, attachments: readonly JsonObject[]): JsonObject | undefined {
  if (typeof url !== 'string' || !url.startsWith('attachment://')) return undefined;
  const file = attachments.find((attachment) => attachment['filename'] === url.slice('attachment://'.length));
  if (file === undefined) throw new ApiError(400, { message: `Unknown attachment ${url}`, code: 50046 });
  return file;
}
