import { ControlError } from './control-error.ts';
import type { SandboxState } from './state.ts';
import { findGuildChannel, findPerson, isInGuild } from './world.ts';
import type { Person } from './world.ts';

/**
 * The person that can be played with this id or name.
 *
 * @throws ControlError 404
 */
export function personOf(user: string): Person {
  const person = findPerson(user);
  if (person === undefined || person.role === 'bot') throw new ControlError(404, `There is no user “${user}”.`);
  return person;
}

/** Who acts where. */
export type Place = { readonly person: Person; readonly channel: string; readonly isDirect: boolean };

/**
 * Where `user` acts: a channel by id or name; `@me` is the private one with the bot, opened when needed.
 *
 * @throws ControlError 404 where there is none that the person can see, 403 where the person is not in the server
 */
export function placeOf(user: string, channel: string, state: SandboxState): Place {
  const person = personOf(user);
  const named = findGuildChannel(channel);
  if (named !== undefined) {
    if (!isInGuild(person))
      throw new ControlError(403, `${person.name} is not in this server and cannot see #${named.name}.`);
    return { person, channel: named.id, isDirect: false };
  }
  const direct =
    channel === '@me' && isInGuild(person) ? state.openDirectChannel(person.id) : state.directChannel(channel);
  if (direct === undefined || direct.user !== person.id) {
    throw new ControlError(404, `There is no channel “${channel}” that ${person.name} can see.`);
  }
  if (!isInGuild(person)) throw new ControlError(403, `${person.name} shares no server with the bot.`);
  return { person, channel: direct.id, isDirect: true };
}
