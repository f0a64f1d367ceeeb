import { ControlError } from './control-error.ts';
import type { Message } from './message.ts';
import { messageFor } from './message-view.ts';
import { personOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import { demandActive } from './place-rules.ts';
import type { SandboxState } from './state.ts';

/** A message that somebody sees, and where they see it. */
type SeenMessage = { readonly place: Place; readonly message: Message; readonly isEphemeral: boolean };

/**
 * The message with this id, through the eyes of `user`.
 *
 * @throws ControlError 404 where there is none, 403 where they cannot see its channel
 */
export function seenMessage(user: string, id: string, state: SandboxState): SeenMessage {
  const person = personOf(user, state);
  const message = state.findAnywhere(id);
  const only = message === undefined ? null : state.visibleTo(message.id);
  if (message === undefined || (only !== null && only !== person.id)) {
    throw new ControlError(404, `There is no message ${id} that ${person.name} can see.`);
  }
  return { place: placeOf(user, message.channel_id, state), message, isEphemeral: only !== null };
}

/**
 * The same for what others see too: a reaction or a pin.
 *
 * @throws ControlError besides 400 where nobody else sees the message, or its thread is archived
 */
export function markableMessage(user: string, id: string, state: SandboxState): SeenMessage {
  const found = seenMessage(user, id, state);
  if (found.isEphemeral) throw new ControlError(400, 'A message for one person alone takes no reactions and no pin.');
  demandActive(found.place, state);
  return found;
}

/** The message as it is by now, as the person sees it. */
export function shownAgain({ place, message }: SeenMessage, state: SandboxState): Message {
  return messageFor(state.findMessage(message.channel_id, message.id) ?? message, place.person.id, state);
}
