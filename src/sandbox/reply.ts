import { MessageType } from 'discord-api-types/v10';
import { invalidForm } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message.ts';
import type { SandboxState } from './state.ts';

/**
 * What makes a message a reply to another of its channel.
 *
 * @throws ApiError 50035 where there is no such message, unless the reference says that this does not matter
 */
export function replyTo(
  state: SandboxState,
  channel: string,
  reference: { message_id: string; fail_if_not_exists?: boolean | null | undefined },
): Partial<Message> {
  const target = state.findMessage(channel, reference.message_id);
  if (target === undefined) {
    if (reference.fail_if_not_exists === false) return {};
    throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]);
  }
  return {
    type: MessageType.Reply,
    message_reference: referenceTo(target, state),
    referenced_message: withoutReferenced(target),
  };
}

/** A pointer to `message`, as replies carry it. */
export function referenceTo(message: Message, state: SandboxState): JsonObject {
  const guild = state.guilds.ofChannel(message.channel_id);
  return {
    type: 0,
    channel_id: message.channel_id,
    message_id: message.id,
    ...(guild === undefined ? {} : { guild_id: guild.id }),
  };
}

/** Discord shows a reply's target, but not what that one replied to. */
export function withoutReferenced(message: Message): JsonObject {
  const { referenced_message: _referenced, ...rest } = message;
  return rest;
}
