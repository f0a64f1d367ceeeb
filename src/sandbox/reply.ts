import { invalidForm } from './form-errors.ts';
import type { JsonObject } from './json.ts';
import { isSystemMessage } from './message.ts';
import type { Message } from './message.ts';
import type { SandboxState } from './state.ts';

/**
 * The message of the channel that a new one replies to; undefined where it is gone and the reference says that this does not matter.
 *
 * @throws ApiError 50035 where there is no such message, or Discord itself said it
 */
export function repliedMessage(
  state: SandboxState,
  channel: string,
  reference: { message_id: string; fail_if_not_exists?: boolean | null | undefined },
): Message | undefined {
  const target = state.findPublic(channel, reference.message_id);
  if (target === undefined) {
    if (reference.fail_if_not_exists === false) return undefined;
    throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]);
  }
  if (isSystemMessage(target)) {
    const message = 'Cannot reply to a system message';
    throw invalidForm([{ path: ['message_reference'], code: 'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', message }]);
  }
  return target;
}

/** A pointer to `message`, as replies carry it. */
export function referenceTo(message: Pick<Message, 'id' | 'channel_id'>, state: SandboxState): JsonObject {
  const guild = state.guilds.ofChannel(message.channel_id);
  return {
    type: 0,
    channel_id: message.channel_id,
    message_id: message.id,
    ...(guild === undefined ? {} : { guild_id: guild.id }),
  };
}
