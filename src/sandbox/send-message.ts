import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import { accessChannel, botPermissionsIn, sendingIn } from './access.ts';
import type { ChannelAccess } from './access.ts';
import { refuse } from './api-error.ts';
import { buildMessage } from './build-message.ts';
import { isTextChannel } from './channel-objects.ts';
import { param } from './endpoint.ts';
import type { Call } from './endpoint.ts';
import type { FileStore } from './file-store.ts';
import type { Message } from './message.ts';
import type { createNonces } from './nonces.ts';
import { has } from './permissions.ts';
import { sharesServer } from './place.ts';
import { repliedMessage } from './reply.ts';
import type { SandboxState } from './state.ts';
import { noteThreadMessage } from './thread-activity.ts';
import { parseMessage } from './validate-message.ts';
import type { MessagePayload } from './validate-message.ts';
import { bot } from './world.ts';

type Deps = {
  readonly state: SandboxState;
  readonly files: FileStore;
  readonly nonces: ReturnType<typeof createNonces>;
};

/**
 * Posts what the bot sends to the channel of the path, or gives the message that it sent under the same enforced nonce before.
 *
 * @throws ApiError 10003, 50001, 50008, 50013, 160002, 50278, 50007, 50035, 50006, 160005, 160006; 10008 where the earlier message was deleted since
 */
export function sendMessage(call: Call, { state, files, nonces }: Deps): Message {
  const place = accessChannel(state, param(call, 'id'));
  demandText(place);
  const held = botPermissionsIn(place);
  if (place.kind !== 'direct' && !has(held, sendingIn(place))) throw refuse(50013);
  const payload = parseMessage(call.body);
  if (call.files.length > 0 && !has(held, Permission.AttachFiles)) throw refuse(50013);
  if (payload.message_reference && !has(held, Permission.ReadMessageHistory)) throw refuse(160_002);
  demandReachable(state, place);
  const earlier = payload.enforce_nonce === true ? nonces.find(bot.id, payload.nonce) : undefined;
  if (earlier !== undefined) {
    const message = state.findMessage(earlier.channel, earlier.id);
    // It was sent, and deleted since: Discord says so rather than send it again.
    if (message === undefined) throw refuse(10008);
    return message;
  }
  const message = buildMessage(state, files, {
    channel: place.id,
    author: bot,
    payload: withShownEmbeds(payload, held),
    files: call.files,
    repliedTo: payload.message_reference ? repliedMessage(state, place.id, payload.message_reference) : undefined,
    extra: wideMentions(payload, place, held),
  });
  if (message.tts && !has(held, Permission.SendTTSMessages)) throw refuse(50013);
  noteThreadMessage(state, place.id, bot.id);
  nonces.remember(message);
  state.addMessage(message, null);
  return message;
}

/** @throws ApiError 50008 where the channel holds posts or other channels, not messages */
export function demandText(place: ChannelAccess): void {
  if (place.kind === 'channel' && !isTextChannel(place.channel)) throw refuse(50008);
}

/** Without the right to embed, embeds silently do not show. */
export function withShownEmbeds(payload: MessagePayload, held: bigint): MessagePayload {
  return has(held, Permission.EmbedLinks)
    ? payload
    : { ...payload, embeds: payload.embeds === undefined ? undefined : [] };
}

/** Mentions of everybody and of roles, as far as the payload wants them and the bot may. */
function wideMentions(payload: MessagePayload, place: ChannelAccess, held: bigint): Partial<Message> {
  if (place.kind === 'direct') return {};
  const content = payload.content ?? '';
  const allowed = payload.allowed_mentions;
  const mayMentionAll = has(held, Permission.MentionEveryone);
  const wantsAll = !allowed || allowed.parse?.includes('everyone') === true;
  const named = new Set(Array.from(content.matchAll(/<@&(\d{1,20})>/g), (match) => match[1] ?? ''));
  const roles = place.guild.roles
    .filter((role) => named.has(role.id) && (role.isMentionable || mayMentionAll))
    .filter(({ id }) => !allowed || allowed.parse?.includes('roles') === true || allowed.roles?.includes(id) === true);
  return {
    mention_everyone: mayMentionAll && wantsAll && /@(everyone|here)\b/.test(content),
    mention_roles: roles.map(({ id }) => id),
  };
}

/** @throws ApiError 50278 where the person of a private channel shares no server with the bot, 50007 where they take no messages */
function demandReachable(state: SandboxState, place: ChannelAccess): void {
  if (place.kind !== 'direct') return;
  const person = state.people.byId(place.direct.user);
  if (person === undefined || !sharesServer(state, person.id)) throw refuse(50278);
  if (!person.takesDirectMessages) throw refuse(50007);
}
