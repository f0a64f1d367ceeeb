import { ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { ControlError } from './control-error.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { isMeantBy, shownName } from './localisations.ts';
import type { AtHand, Mentioned } from './mentioned.ts';
import { optionValue } from './option-value.ts';
import type { Command } from './state.ts';
import { commandOptionsSchema, isSub } from './validate-command-options.ts';
import type { CommandOption } from './validate-command-options.ts';

/** A command as somebody typed it: `alert add` names the command and its sub-command. */
export type Invocation = {
  readonly command: Command;
  /** `alert add`, as Discord names it. */
  readonly name: string;
  /** Discord's raw options, nested under their sub-commands. */
  readonly options: readonly JsonObject[];
  /** What options name, for the resolved data. */
  readonly mentioned: readonly Mentioned[];
  /** The kind of the option that is being typed. */
  readonly focused: Option | null;
};

/** How it is typed. */
export type Typing = {
  /** The option being typed, one that suggests: then nothing is required and its value goes out as it stands. */
  readonly focused: string | null;
  /** The language of the client: names may be typed in it, or as they are by default. */
  readonly locale: string;
  readonly at: AtHand;
};

/**
 * Finds the command that `typed` names and checks `given` against what was registered, as Discord's client does before
 * it sends anything.
 *
 * @param given an object from name to value (nested under a sub-command, or beside its name in `typed`), or raw options
 * @throws ControlError 404 unknown command, 400 anything that does not fit
 */
export function invoke(commands: readonly Command[], typed: string, given: unknown, typing: Typing): Invocation {
  const [name = '', ...path] = typed.trim().replace(/^\//, '').split(/\s+/);
  const known = commands.filter((command) => command.type === 1);
  const meant = known.filter((one) => isMeantBy(one, name, typing.locale));
  // A command of the server hides a global one of the same name.
  const command = meant.find((one) => one['guild_id'] !== undefined) ?? meant[0];
  if (command === undefined) {
    const names = known.map((one) => `/${shownName(one, typing.locale)}`).join(', ') || 'none is registered';
    throw new ControlError(404, `There is no command /${name} (known: ${names}).`);
  }
  const context: Context = { ...typing, words: [command.name], mentioned: [], focusedType: null };
  const definitions = commandOptionsSchema.parse(command['options'] ?? []);
  const options = resolveLevel(definitions, path, byName(given), context);
  const { mentioned, words, focusedType } = context;
  return { command, name: words.join(' '), options, mentioned, focused: focusedType };
}

type Context = Typing & {
  readonly words: string[];
  readonly mentioned: Mentioned[];
  focusedType: Option | null;
};

function resolveLevel(
  definitions: readonly CommandOption[],
  path: readonly string[],
  given: JsonObject,
  context: Context,
): JsonObject[] {
  const here = `/${context.words.join(' ')}`;
  const subs = definitions.filter(isSub);
  if (subs.length === 0) {
    if (path.length > 0) throw new ControlError(400, `${here} has no sub-command “${path.join(' ')}”.`);
    return resolveLeaves(definitions, given, context, here);
  }
  const keys = Object.keys(given);
  const wanted = path[0] ?? (keys.length === 1 ? keys[0] : undefined);
  const offered = namesOf(subs, context.locale);
  if (wanted === undefined) throw new ControlError(400, `${here} needs a sub-command: ${offered}.`);
  const sub = subs.find((one) => isMeantBy(one, wanted, context.locale));
  if (sub === undefined) throw new ControlError(400, `${here} has no sub-command “${wanted}”; it has ${offered}.`);
  context.words.push(sub.name);
  const nested = keys.length === 1 && isMeantBy(sub, keys[0] ?? '', context.locale) ? given[keys[0] ?? ''] : undefined;
  const inner = isJsonObject(nested) || Array.isArray(nested) ? byName(nested) : path.length > 0 ? given : {};
  return [{ type: sub.type, name: sub.name, options: resolveLevel(sub.options ?? [], path.slice(1), inner, context) }];
}

function resolveLeaves(
  definitions: readonly CommandOption[],
  given: JsonObject,
  context: Context,
  here: string,
): JsonObject[] {
  for (const name of Object.keys(given)) {
    if (definitions.some((one) => isMeantBy(one, name, context.locale))) continue;
    const offered = namesOf(definitions, context.locale) || 'none';
    throw new ControlError(400, `${here} has no option “${name}”; it has ${offered}.`);
  }
  const focused = context.focused === null ? undefined : suggestingOption(definitions, context.focused, context, here);
  context.focusedType = focused?.type ?? null;
  return definitions.flatMap((definition) => {
    const key = Object.keys(given).find((name) => isMeantBy(definition, name, context.locale));
    const value = key === undefined ? undefined : given[key];
    const { type, name } = definition;
    if (definition === focused) return [{ type, name, value: focusedText(value, here, name), focused: true }];
    // Discord's client sends nothing for a field that was left empty.
    if (value === undefined || value === null || value === '') {
      if (definition.required !== true || focused !== undefined) return [];
      throw new ControlError(400, `${here} needs the option “${definition.name}” (${definition.description}).`);
    }
    // Files are uploaded as the command is sent, not while it is being typed.
    if (type === Option.Attachment && focused !== undefined) return [];
    const { wire, mentioned } = optionValue(definition, value, here, context.at);
    if (mentioned !== null) context.mentioned.push(mentioned);
    return [{ type, name, value: wire }];
  });
}

/** Discord's client asks for suggestions only where the command said that it has some. */
function suggestingOption(
  definitions: readonly CommandOption[],
  focused: string,
  { locale }: Context,
  here: string,
): CommandOption {
  const suggesting = definitions.filter((one) => one.autocomplete === true);
  const found = suggesting.find((one) => isMeantBy(one, focused, locale));
  if (found !== undefined) return found;
  const offered = namesOf(suggesting, locale) || 'none';
  throw new ControlError(400, `${here} has no option “${focused}” that suggests; it has ${offered}.`);
}

/** What was typed so far, whatever the option will be in the end. */
function focusedText(value: unknown, here: string, name: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ControlError(400, `${here}: the option “${name}” being typed must be text.`);
}

function namesOf(options: readonly CommandOption[], locale: string): string {
  return options.map((one) => shownName(one, locale)).join(', ');
}

/** Options as an object, also where they came as Discord's raw list. */
function byName(given: unknown): JsonObject {
  if (given === undefined || given === null) return {};
  if (isJsonObject(given)) return given;
  if (!Array.isArray(given))
    throw new ControlError(400, 'options must be an object from name to value, or a list of options.');
  return Object.fromEntries(
    given.map((one: unknown) => {
      if (!isJsonObject(one) || typeof one['name'] !== 'string') {
        throw new ControlError(400, 'options: each entry of the list must be an object with a name.');
      }
      const isBranch =
        one['options'] !== undefined || one['type'] === Option.Subcommand || one['type'] === Option.SubcommandGroup;
      return [one['name'], isBranch ? byName(one['options']) : one['value']];
    }),
  );
}
