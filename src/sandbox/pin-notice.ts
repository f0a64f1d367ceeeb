import { MessageType } from 'discord-api-types/v10';
import { systemMessage } from './build-message.ts';
import type { Message } from './message.ts';
import type { Person } from './person.ts';
import { referenceTo } from './reply.ts';
import type { SandboxState } from './state.ts';

/** “Ada pinned a message to this channel.” */
export function pinNotice(pinned: Message, by: Person, state: SandboxState): Message {
  return systemMessage(state, {
    channel: pinned.channel_id,
    author: by,
    type: MessageType.ChannelPinnedMessage,
    extra: { message_reference: referenceTo(pinned, state) },
  });
}
