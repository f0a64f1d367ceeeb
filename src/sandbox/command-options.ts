import { ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { ControlError } from './control-error.ts';
import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { optionValue } from './option-value.ts';
import type { FindMentioned, Mentioned } from './option-value.ts';
import type { Command } from './state.ts';
import { commandOptionsSchema } from './validate-command.ts';
import type { CommandOption } from './validate-command.ts';

/** A command as somebody typed it: `alert add` names the command and its sub-command. */
export type Invocation = {
  readonly command: Command;
  /** `alert add`, as Discord names it. */
  readonly name: string;
  /** Discord's raw options, nested under their sub-commands. */
  readonly options: readonly JsonObject[];
  /** Ids that options name, for the resolved data. */
  readonly mentioned: readonly Mentioned[];
};

/**
 * Finds the command that `typed` names and checks `given` against what was registered, as Discord's client does before
 * it sends anything.
 *
 * @param given an object from name to value (nested under a sub-command, or beside its name in `typed`), or raw options
 * @param focused the option being typed, one that suggests: then nothing is required and its value goes out as it stands
 * @param find what can be named where it is typed
 * @throws ControlError 404 unknown command, 400 anything that does not fit
 */
export function invoke(
  commands: readonly Command[],
  typed: string,
  given: unknown,
  focused: string | null,
  find: FindMentioned,
): Invocation {
  const [name = '', ...path] = typed.trim().replace(/^\//, '').split(/\s+/);
  const known = commands.filter((command) => command.type === 1);
  // A command of the server hides a global one of the same name.
  const command =
    known.find((one) => one.name === name && one['guild_id'] !== undefined) ?? known.find((one) => one.name === name);
  if (command === undefined) {
    const names = known.map((one) => `/${one.name}`).join(', ') || 'none is registered';
    throw new ControlError(404, `There is no command /${name} (known: ${names}).`);
  }
  const mentioned: Mentioned[] = [];
  const words = [name];
  const definitions = commandOptionsSchema.parse(command['options'] ?? []);
  const options = resolveLevel(definitions, path, byName(given), { words, focused, mentioned, find });
  return { command, name: words.join(' '), options, mentioned };
}

type Context = {
  readonly words: string[];
  readonly focused: string | null;
  readonly mentioned: Mentioned[];
  readonly find: FindMentioned;
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
  const sub = subs.find((one) => one.name === wanted);
  const offered = subs.map((one) => one.name).join(', ');
  if (wanted === undefined) throw new ControlError(400, `${here} needs a sub-command: ${offered}.`);
  if (sub === undefined) throw new ControlError(400, `${here} has no sub-command “${wanted}”; it has ${offered}.`);
  context.words.push(sub.name);
  const nested = given[sub.name];
  const inner =
    keys.length === 1 && (isJsonObject(nested) || Array.isArray(nested))
      ? byName(nested)
      : path.length > 0
        ? given
        : {};
  return [{ type: sub.type, name: sub.name, options: resolveLevel(sub.options ?? [], path.slice(1), inner, context) }];
}

function resolveLeaves(
  definitions: readonly CommandOption[],
  given: JsonObject,
  context: Context,
  here: string,
): JsonObject[] {
  for (const name of Object.keys(given)) {
    if (definitions.some((one) => one.name === name)) continue;
    const offered = definitions.map((one) => one.name).join(', ') || 'none';
    throw new ControlError(400, `${here} has no option “${name}”; it has ${offered}.`);
  }
  if (context.focused !== null) demandSuggesting(definitions, context.focused, here);
  return definitions.flatMap((definition) => {
    const value = given[definition.name];
    const isFocused = context.focused === definition.name;
    if (isFocused) {
      return [
        {
          type: definition.type,
          name: definition.name,
          value: focusedText(value, here, definition.name),
          focused: true,
        },
      ];
    }
    // Discord's client sends nothing for a field that was left empty.
    if (value === undefined || value === null || value === '') {
      if (definition.required !== true || context.focused !== null) return [];
      throw new ControlError(400, `${here} needs the option “${definition.name}” (${definition.description}).`);
    }
    const { wire, mentioned } = optionValue(definition, value, here, context.find);
    if (mentioned !== null) context.mentioned.push(mentioned);
    return [{ type: definition.type, name: definition.name, value: wire }];
  });
}

/** Discord's client asks for suggestions only where the command said that it has some. */
function demandSuggesting(definitions: readonly CommandOption[], focused: string, here: string): void {
  const suggesting = definitions.filter((one) => one.autocomplete === true).map((one) => one.name);
  if (suggesting.includes(focused)) return;
  const offered = suggesting.join(', ') || 'none';
  throw new ControlError(400, `${here} has no option “${focused}” that suggests; it has ${offered}.`);
}

/** What was typed so far, whatever the option will be in the end. */
function focusedText(value: unknown, here: string, name: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ControlError(400, `${here}: the option “${name}” being typed must be text.`);
}

function isSub(definition: CommandOption): boolean {
  return definition.type === Option.Subcommand || definition.type === Option.SubcommandGroup;
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
