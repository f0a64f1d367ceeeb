import { MessageType } from 'discord-api-types/v10';
import type { Message } from './message.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';

/** Others only point to a message. Source: resources/message, Message Structure, referenced_message. */
const showing: ReadonlySet<number> = new Set([MessageType.Reply, MessageType.ThreadStarterMessage]);

/**
 * `message` with the one that it refers to, as that one is now: null where it was deleted, left out where it is ephemeral and not for
 * `reader`. What that one replied to in turn does not show. To be put in whenever a message leaves, as nothing of it is kept.
 *
 * @param reader null for nobody in particular
 * @param shown makes of the other message what `reader` sees of it
 */
export function withReferenced(
  message: Message,
  reader: Snowflake | null,
  state: Pick<SandboxState, 'findMessage' | 'visibleTo'>,
  shown: (target: Message) => Message,
): Message {
  const plain = withoutReferenced(message);
  const { channel_id: channel, message_id: id } = message.message_reference ?? {};
  if (!showing.has(message.type) || typeof channel !== 'string' || typeof id !== 'string') return plain;
  const target = state.findMessage(channel, id);
  if (target === undefined) return { ...plain, referenced_message: null };
  const only = state.visibleTo(id);
  // Who may read an ephemeral message may read another one that is for the same person.
  const isHidden = only !== null && only !== reader && only !== state.visibleTo(message.id);
  return isHidden ? plain : { ...plain, referenced_message: shown(withoutReferenced(target)) };
}

function withoutReferenced(message: Message): Message {
  const { referenced_message: _referenced, ...rest } = message;
  return rest;
}
