import type { Message } from './message.ts';
import { reactionObjects } from './reactions.ts';
import { withReferenced } from './referenced-message.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';

/** A message as `viewer` sees it on the page: with the one that it refers to, reactions of their own marked, and who else reacted. */
export function messageFor(message: Message, viewer: Snowflake | null, state: SandboxState): Message {
  const withReactions = (one: Message): Message => {
    const reactions = state.reactions.of(one.id);
    if (reactions.length === 0) return one;
    const seen = reactionObjects(reactions, viewer);
    return { ...one, reactions: seen.map((object, at) => ({ ...object, users: reactions[at]?.users ?? [] })) };
  };
  return withReferenced(withReactions(message), viewer, state, withReactions);
}
