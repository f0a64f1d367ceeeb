import { ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { ControlError } from './control-error.ts';
import type { AtHand, Mentioned, Nameable } from './mentioned.ts';
import { readUpload } from './upload.ts';
import type { CommandOption } from './validate-command-options.ts';

/** An option's value as it goes over the wire, and what it names. */
type Value = { readonly wire: string | number | boolean; readonly mentioned: Mentioned | null };

/** Of text, where the option asks for no less. Source: interactions/application-commands, Application Command Option Structure. */
const maxCharacters = 6_000;

const nameables: Readonly<Partial<Record<Option, readonly Nameable[]>>> = {
  [Option.User]: ['user'],
  [Option.Channel]: ['channel'],
  [Option.Role]: ['role'],
  [Option.Mentionable]: ['user', 'role'],
};

/**
 * Checks `value` against its option: type, choices, bounds. People, channels and roles may be given by name, files as
 * `{name, type, data}`.
 *
 * @param here the command, for the sentence
 * @param at what can be named where it is typed
 * @throws ControlError 400
 */
export function optionValue(definition: CommandOption, value: unknown, here: string, at: AtHand): Value {
  const subject = `${here}: the option “${definition.name}”`;
  const refuse = (what: string) => new ControlError(400, `${subject} ${what}.`);
  switch (definition.type) {
    case Option.String: {
      if (typeof value !== 'string') throw refuse('must be text');
      const { min_length: min, max_length: max } = definition;
      checkBounds(Array.from(value).length, min, max ?? maxCharacters, ' characters long', refuse);
      checkChoice(definition, value, refuse);
      return plain(value);
    }
    case Option.Integer:
    case Option.Number:
      if (typeof value !== 'number' || !Number.isFinite(value)) throw refuse('must be a number');
      if (definition.type === Option.Integer && !Number.isSafeInteger(value)) throw refuse('must be a whole number');
      checkBounds(value, definition.min_value ?? -(2 ** 53), definition.max_value ?? 2 ** 53, '', refuse);
      checkChoice(definition, value, refuse);
      return plain(value);
    case Option.Boolean:
      if (typeof value !== 'boolean') throw refuse('must be true or false');
      return plain(value);
    case Option.Attachment: {
      const mentioned = at.keep(readUpload(value, subject, definition.file_types ?? []));
      return { wire: mentioned.id, mentioned };
    }
    default: {
      const kinds = nameables[definition.type] ?? [];
      const mentioned = typeof value === 'string' ? at.find(kinds, value) : undefined;
      if (mentioned === undefined) throw refuse(`must name ${kinds.join(' or ')}, by id or name, that is here`);
      const types = definition.channel_types ?? [];
      if (mentioned.kind === 'channel' && types.length > 0 && !types.includes(mentioned.channelType))
        throw refuse('takes another kind of channel');
      return { wire: mentioned.id, mentioned };
    }
  }
}

function plain(wire: string | number | boolean): Value {
  return { wire, mentioned: null };
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
