import { ControlError } from './control-error.ts';
import type { Message } from './message.ts';
import { permissionNames } from './permission-names.ts';
import { personOf, placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { SandboxState } from './state.ts';

/** A message that somebody sees, and where they see it. */
export type SeenMessage = { readonly place: Place; readonly message: Message; readonly isEphemeral: boolean };

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

/** @throws ControlError 403 that names what the person lacks there */
export function demandPermissions(place: Place, needed: bigint): void {
  const missing = permissionNames(needed & ~place.permissions);
  if (missing.length === 0) return;
  throw new ControlError(403, `${place.person.name} lacks ${missing.join(' and ')} in ${place.name}.`);
}

/** @throws ControlError 400 where the thread is archived: nothing in it changes then */
export function demandActive(place: Place, state: SandboxState): void {
  if (state.guilds.thread(place.channel)?.isArchived === true) {
    throw new ControlError(400, `${place.name} is archived, so nothing in it can change: bring it back first.`);
  }
}
