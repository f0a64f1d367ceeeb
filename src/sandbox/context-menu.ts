import { ApplicationCommandType as Type } from 'discord-api-types/v10';
import { commandsIn, demandPermission } from './command-access.ts';
import { ControlError } from './control-error.ts';
import { isMeantBy, shownName } from './localisations.ts';
import { personHere } from './mentioned.ts';
import type { Mentioned } from './mentioned.ts';
import type { Message } from './message.ts';
import type { Person } from './person.ts';
import type { Place } from './place.ts';
import { mayWrite } from './place-rules.ts';
import type { Command, SandboxState } from './state.ts';

/** Whom or what a command of a context menu is used on. */
export type Target =
  | { readonly kind: 'user'; readonly person: Person }
  | { readonly kind: 'message'; readonly message: Message };

/**
 * A command of the context menu of a message or a person, as Discord's client has it there.
 *
 * @param target the id of a message of the channel, or the id or name of somebody there
 * @throws ControlError 404 no such command or target, 403 not for this person
 */
export function invokeOn(
  typed: string,
  target: string,
  place: Place,
  state: SandboxState,
): { readonly command: Command; readonly target: Target; readonly mentioned: readonly Mentioned[] } {
  const found = targetOf(target, place, state);
  const type: number = found.kind === 'user' ? Type.User : Type.Message;
  const known = commandsIn(place, state).filter((command) => command.type === type);
  const meant = known.filter((command) => isMeantBy(command, typed, place.person.locale));
  // A command of the server hides a global one of the same name.
  const command = meant.find((one) => one['guild_id'] !== undefined) ?? meant[0];
  if (command === undefined) {
    const names = known.map((one) => `“${shownName(one, place.person.locale)}”`).join(', ') || 'none is registered';
    const what = found.kind === 'user' ? 'people' : 'messages';
    throw new ControlError(404, `There is no command “${typed}” for ${what} (known: ${names}).`);
  }
  demandPermission(command, place, state);
  if (found.kind === 'message') {
    return { command, target: found, mentioned: [{ kind: 'message', id: found.message.id, message: found.message }] };
  }
  // Source: interactions/application-commands, User Commands.
  if (!mayWrite(place, state)) {
    throw new ControlError(403, `${place.person.name} may not write in ${place.name}, and so not use user commands.`);
  }
  return { command, target: found, mentioned: [{ kind: 'user', id: found.person.id }] };
}

function targetOf(target: string, place: Place, state: SandboxState): Target {
  const { person: asking, name } = place;
  const message = state.findMessage(place.channel, target);
  const only = message === undefined ? null : state.visibleTo(message.id);
  if (message !== undefined && (only === null || only === asking.id)) return { kind: 'message', message };
  const person = personHere(target.replace(/^@/, ''), place, state);
  if (person !== undefined) return { kind: 'user', person };
  throw new ControlError(404, `There is no message or person “${target}” in ${name}.`);
}
