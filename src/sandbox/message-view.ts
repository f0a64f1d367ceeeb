import type { Message } from './message.ts';
import { reactionObjects } from './reactions.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';

/** A message as `viewer` sees it on the page: with reactions of their own marked, and who else reacted. */
export function messageFor(message: Message, viewer: Snowflake | null, state: SandboxState): Message {
  const reactions = state.reactions.of(message.id);
  if (reactions.length === 0) return message;
  const seen = reactionObjects(reactions, viewer);
  return { ...message, reactions: seen.map((object, at) => ({ ...object, users: reactions[at]?.users ?? [] })) };
}
