import { ChannelType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { accessChannel, botPermissionsIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { accessMessage } from './access-message.ts';
import { refuse } from './api-error.ts';
import { channelObject, isForum } from './channel-objects.ts';
import { endpointsBelow, param } from './endpoint.ts';
import type { Call, Endpoint } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import { parseForm } from './form-errors.ts';
import { demandTags } from './forum-tags.ts';
import type { Thread } from './guild.ts';
import { has } from './permissions.ts';
import { withShownEmbeds } from './send-message.ts';
import { publicTypeOf, startPost, startThread, startThreadFrom } from './start-thread.ts';
import type { ThreadDraft } from './start-thread.ts';
import type { SandboxState } from './state.ts';
import { parseMessage } from './validate-message.ts';
import { postSchema, threadFromMessageSchema, threadSchema } from './validate-thread.ts';
import { bot } from './world.ts';

type ParentAccess = Extract<ChannelAccess, { kind: 'channel' }>;

const route = endpointsBelow('/channels/:id');

/** Threads that the bot starts: from a message, without one, and as a post of a forum. */
export function threadEndpoints(state: SandboxState, files: FileStore): Endpoint[] {
  const fromMessage = (call: Call) => {
    const { place, message } = accessMessage(state, call);
    const parent = parentOf(place);
    demand(parent, Permission.CreatePublicThreads | Permission.ReadMessageHistory);
    const form = parseForm(threadFromMessageSchema, call.body);
    const thread = startThreadFrom(state, message, draftOf(parent, form));
    return { status: 201, body: channelObject(thread.id, state) };
  };
  const start = (call: Call) => {
    const place = accessChannel(state, param(call, 'id'));
    if (place.kind === 'channel' && isForum(place.channel)) return post(call, place);
    const parent = parentOf(place);
    const form = parseForm(threadSchema, call.body);
    const type = typeOf(parent, form.type);
    demand(
      parent,
      type === ChannelType.PrivateThread ? Permission.CreatePrivateThreads : Permission.CreatePublicThreads,
    );
    const thread = startThread(state, draftOf(parent, form), { type, isInvitable: form.invitable });
    return { status: 201, body: channelObject(thread.id, state) };
  };
  const post = (call: Call, forum: ParentAccess) => {
    demand(forum, Permission.SendMessages | (call.files.length > 0 ? Permission.AttachFiles : 0n));
    const form = parseForm(postSchema, call.body);
    const payload = withShownEmbeds(parseMessage(form.message, { under: ['message'] }), botPermissionsIn(forum));
    const tags = form.applied_tags ?? [];
    demandTags(forum.channel, tags, { isModerator: has(botPermissionsIn(forum), Permission.ManageThreads) });
    const draft = { ...draftOf(forum, form), tags };
    const { thread, message } = startPost(state, files, draft, { payload, files: call.files });
    return { status: 201, body: { ...channelObject(thread.id, state), message } };
  };
  return [route('POST', '/messages/:message/threads', fromMessage), route('POST', '/threads', start)];
}

/** @throws ApiError 50003, 50024 where there can be no threads that are no posts */
function parentOf(place: ChannelAccess): ParentAccess {
  if (place.kind === 'direct') throw refuse(50003);
  const holdsThreads: readonly number[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
  if (place.kind === 'thread' || !holdsThreads.includes(place.channel.type)) throw refuse(50024);
  return place;
}

/**
 * What is asked for, or what Discord takes where nothing is: a private thread, and in an announcement channel the only kind there is.
 *
 * @throws ApiError 50024 where the channel has no such threads
 */
function typeOf({ channel }: ParentAccess, asked: Thread['type'] | null | undefined): Thread['type'] {
  const isNews = channel.type === ChannelType.GuildAnnouncement;
  const type = asked ?? (isNews ? ChannelType.AnnouncementThread : ChannelType.PrivateThread);
  if (type !== publicTypeOf(channel) && (isNews || type !== ChannelType.PrivateThread)) throw refuse(50024);
  return type;
}

function demand(place: ParentAccess, needed: bigint): void {
  if (!has(botPermissionsIn(place), needed)) throw refuse(50013);
}

function draftOf(
  { channel }: ParentAccess,
  form: {
    readonly name: string;
    readonly auto_archive_duration?: ThreadDraft['autoArchive'];
    readonly rate_limit_per_user?: number | null | undefined;
  },
): ThreadDraft {
  const { name, auto_archive_duration: autoArchive, rate_limit_per_user: slowmodeS } = form;
  return { parent: channel, owner: bot, name, autoArchive, slowmodeS };
}
