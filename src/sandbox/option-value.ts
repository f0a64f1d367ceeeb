import { ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { ControlError } from './control-error.ts';
import type { Guild } from './guild.ts';
import { isMember } from './guild-store.ts';
import type { Snowflake } from './snowflake.ts';
import type { SandboxState } from './state.ts';
import type { CommandOption } from './validate-command.ts';
import { bot } from './world.ts';

/** Something that an option or a select names by its id. */
export type Mentioned =
  | { readonly kind: 'user' | 'role'; readonly id: Snowflake }
  | { readonly kind: 'channel'; readonly id: Snowflake; readonly channelType: number };

/** Finds what somebody names in the place where they are. */
export type FindMentioned = (kinds: readonly Mentioned['kind'][], idOrName: string) => Mentioned | undefined;

/** An option's value as it goes over the wire, and what it names. */
type Value = { readonly wire: string | number | boolean; readonly mentioned: Mentioned | null };

/**
 * Checks `value` against its option: type, choices, bounds. People, channels and roles may be given by name.
 *
 * @param here the command, for the sentence
 * @param find what can be named where it is typed
 * @throws ControlError 400
 */
export function optionValue(definition: CommandOption, value: unknown, here: string, find: FindMentioned): Value {
  const subject = `${here}: the option “${definition.name}”`;
  const refuse = (what: string) => new ControlError(400, `${subject} ${what}.`);
  switch (definition.type) {
    case Option.String:
      if (typeof value !== 'string') throw refuse('must be text');
      checkBounds(Array.from(value).length, definition.min_length, definition.max_length, ' characters long', refuse);
      checkChoice(definition, value, refuse);
      return plain(value);
    case Option.Integer:
    case Option.Number:
      if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('must be a number');
      if (definition.type === Option.Integer && !Number.isSafeInteger(value)) throw refuse('must be a whole number');
      checkBounds(value, definition.min_value, definition.max_value, '', refuse);
      checkChoice(definition, value, refuse);
      return plain(value);
    case Option.Boolean:
      if (typeof value !== 'boolean') throw refuse('must be true or false');
      return plain(value);
    case Option.User:
    case Option.Channel:
    case Option.Role:
    case Option.Mentionable: {
      const mentioned = typeof value === 'string' ? find(kindsOf(definition.type), value) : undefined;
      if (mentioned === undefined)
        throw refuse(`must name ${kindsOf(definition.type).join(' or ')}, by id or name, that is here`);
      const types = definition.channel_types ?? [];
      if (mentioned.kind === 'channel' && types.length > 0 && !types.includes(mentioned.channelType))
        throw refuse('takes another kind of channel');
      return { wire: mentioned.id, mentioned };
    }
    default:
      throw refuse('is of a kind that the sandbox does not offer');
  }
}

function plain(wire: string | number | boolean): Value {
  return { wire, mentioned: null };
}

function kindsOf(type: Option): readonly Mentioned['kind'][] {
  if (type === Option.User) return ['user'];
  if (type === Option.Channel) return ['channel'];
  return type === Option.Role ? ['role'] : ['user', 'role'];
}

/**
 * What can be named in a server, or, where there is none, in a private channel with `user`: the first of the kinds that has something
 * with this id or name.
 */
export function mentionsIn(state: SandboxState, guild: Guild | undefined, user: Snowflake): FindMentioned {
  const find = (kind: Mentioned['kind'], idOrName: string): Mentioned | undefined => {
    const wanted = idOrName.replace(/^[#@](?!everyone)/, '').toLowerCase();
    const isNamed = ({ id, name }: { id: Snowflake; name: string }) => id === idOrName || name.toLowerCase() === wanted;
    if (kind === 'user') {
      const person = state.people.find(wanted);
      if (person === undefined) return undefined;
      const isHere = guild === undefined ? [user, bot.id].includes(person.id) : isMember(guild, person.id);
      return isHere ? { kind, id: person.id } : undefined;
    }
    if (kind === 'role') {
      const role = guild?.roles.find(isNamed);
      return role === undefined ? undefined : { kind, id: role.id };
    }
    const channel = guild?.channels.find(isNamed) ?? guild?.threads.find(isNamed);
    return channel === undefined ? undefined : { kind, id: channel.id, channelType: channel.type };
  };
  return (kinds, idOrName) => {
    for (const kind of kinds) {
      const found = find(kind, idOrName);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

function checkChoice(definition: CommandOption, value: string | number, refuse: (what: string) => ControlError): void {
  const choices = definition.choices ?? [];
  if (choices.length === 0 || choices.some((choice) => choice.value === value)) return;
  throw refuse(`must be one of ${choices.map((choice) => JSON.stringify(choice.value)).join(', ')}`);
}

function checkBounds(
  size: number,
  min: number | null | undefined,
  max: number | null | undefined,
  unit: string,
  refuse: (what: string) => ControlError,
): void {
  if (typeof min === 'number' && size < min) throw refuse(`must be at least ${String(min)}${unit}`);
  if (typeof max === 'number' && size > max) throw refuse(`must be at most ${String(max)}${unit}`);
}
