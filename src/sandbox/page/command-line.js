import { localised } from './localised.js';

/**
 * What is being typed after a slash. Pure: text in, reading out.
 *
 * Names are those of the person's language, as they see and type them; `key` and `name` are those that the bot registered.
 *
 * @typedef {import('./control.js').CommandOption & { key: string }} CommandOption
 * @typedef {{ path: string, name: string, type: number, description: string, options: readonly CommandOption[], allowed: boolean }} Command
 *   a command or sub-command as typed: `path` is `alert add`; `allowed`: the person may use it
 * @typedef {{ option: CommandOption, named: boolean, nameStart: number, start: number, end: number, text: string }} Argument
 *   `nameStart`, `start`, `end` are offsets in the line: of the name, of the value, and after all that belongs to the value;
 *   `text` is trimmed
 * @typedef {{ typed: string, command: Command | null, commandEnd: number, arguments: readonly Argument[] }} Line
 */

export const optionTypes = /** @type {const} */ ({
  subCommand: 1,
  subCommandGroup: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
});
const chatInput = 1;
const guildContext = 0;
const botContext = 1;
const useApplicationCommands = 1n << 31n;
const administrator = 1n << 3n;

/**
 * Where a command would be typed, and by whom.
 * @typedef {object} Here
 * @property {boolean} [isDirect] in a direct message
 * @property {string | null} [guild] id of the server; commands of others are not offered
 * @property {boolean} [hasBot] the bot is in that server
 * @property {string | null} [permissions] of the person, a decimal number; null where everything is allowed
 * @property {boolean} [isNsfw] age-restricted commands are offered
 * @property {string} [locale] of the person
 */

/**
 * The commands that Discord's client knows in a place; sub-commands by themselves, as Discord lists them.
 * @param {readonly import('./control.js').RegisteredCommand[]} registered @param {Here} [here]
 * @returns {Command[]} by path
 */
export function commandsHere(registered, here = {}) {
  const known = registered.filter((command) => belongs(command, here));
  // A command of the server hides a global one of the same name.
  const shown = known.filter(
    (command) =>
      command.guild_id !== undefined ||
      !known.some((other) => other.guild_id && other.name === command.name && typeOf(other) === typeOf(command)),
  );
  return shown.flatMap((command) => expand(command, here)).toSorted((a, b) => a.path.localeCompare(b.path));
}

/** Those that can be typed. @param {readonly Command[]} commands */
export function typedCommands(commands) {
  return commands.filter(({ type }) => type === chatInput);
}

/** @param {import('./control.js').RegisteredCommand} command @param {Here} here */
function belongs({ guild_id: own, contexts, dm_permission: inDirect, nsfw }, { isDirect, guild, hasBot, isNsfw }) {
  if (hasBot === false || (nsfw === true && isNsfw !== true)) return false;
  if (own !== undefined) return isDirect !== true && (guild === undefined || own === guild);
  if (contexts) return contexts.includes(isDirect ? botContext : guildContext);
  return isDirect ? inDirect !== false : true;
}

/** @param {import('./control.js').RegisteredCommand} command @param {Here} here */
function isAllowed({ default_member_permissions: needed }, { permissions = null }) {
  if (permissions === null) return true;
  const held = BigInt(permissions);
  if ((held & administrator) !== 0n) return true;
  if ((held & useApplicationCommands) === 0n) return false;
  // "0" is for administrators alone.
  return needed == null || (needed !== '0' && (held & BigInt(needed)) === BigInt(needed));
}

/** @param {import('./control.js').RegisteredCommand} command */
function typeOf({ type = chatInput }) {
  return type;
}

/** @param {import('./control.js').RegisteredCommand} command @param {Here} here @returns {Command[]} */
function expand(command, here) {
  const { locale = 'en-US' } = here;
  const own = { type: typeOf(command), allowed: isAllowed(command, here) };
  /** @param {string} before @param {string} keys @param {import('./control.js').RegisteredCommand | import('./control.js').CommandOption} level @returns {Command[]} */
  const below = (before, keys, level) => {
    const path = before + localised(level.name, level.name_localizations, locale);
    const name = keys + level.name;
    const inner = (level.options ?? []).filter(isSub);
    if (inner.length > 0) return inner.flatMap((option) => below(`${path} `, `${name} `, option));
    const description = localised(level.description, level.description_localizations, locale);
    const options = (level.options ?? []).map((option) => localisedOption(option, locale));
    return [{ ...own, path, name, description, options }];
  };
  return below('', '', command);
}

/** @param {import('./control.js').CommandOption} option */
function isSub({ type }) {
  return type === optionTypes.subCommand || type === optionTypes.subCommandGroup;
}

/** @param {import('./control.js').CommandOption} option @param {string} locale @returns {CommandOption} */
function localisedOption(option, locale) {
  return {
    ...option,
    key: option.name,
    name: localised(option.name, option.name_localizations, locale),
    description: localised(option.description, option.description_localizations, locale),
    ...(option.choices && { choices: option.choices.map((choice) => localisedChoice(choice, locale)) }),
  };
}

/** @param {import('./control.js').Choice} choice @param {string} locale @returns {import('./control.js').Choice} */
export function localisedChoice({ name, value, name_localizations: names }, locale) {
  return { name: localised(name, names, locale), value };
}

/**
 * Reads `/search query: federated learning sort: date`, `/search federated learning`, `/alert add query: x`.
 * Text without a name belongs to the first required option that is not named.
 *
 * @param {string} text @param {readonly Command[]} commands @returns {Line | null} null where it is no command
 */
export function readLine(text, commands) {
  if (!text.startsWith('/')) return null;
  const body = text.slice(1);
  const command = commands
    .filter(({ path }) => body === path || body.startsWith(`${path} `))
    .reduce(
      (/** @type {Command | null} */ longest, next) =>
        next.path.length > (longest?.path.length ?? 0) ? next : longest,
      null,
    );
  if (command === null) return { typed: body.trim(), command, commandEnd: text.length, arguments: [] };
  const commandEnd = 1 + command.path.length;
  return { typed: command.path, command, commandEnd, arguments: readArguments(text, commandEnd, command.options) };
}

/** @param {string} text @param {number} from @param {readonly CommandOption[]} options @returns {Argument[]} */
function readArguments(text, from, options) {
  const names = findNames(text, from, options);
  const given = names.map(({ option, nameStart, start }, index) => {
    const end = names[index + 1]?.nameStart ?? text.length;
    return { option, named: true, nameStart, start, end, text: text.slice(start, end).trim() };
  });
  const leading = text.slice(from, names[0]?.nameStart ?? text.length);
  if (leading.trim() === '') return given;
  const free = options.filter((option) => !names.some((name) => name.option === option));
  const option = free.find(({ required }) => required) ?? free[0];
  if (!option) return given;
  const start = from + leading.length - leading.trimStart().length;
  const end = from + leading.length;
  return [{ option, named: false, nameStart: start, start, end, text: leading.trim() }, ...given];
}

/**
 * Where options are named. A blank must follow the colon, because a value may itself hold colons (`author:hinton` in a
 * query); without the blank only the first option right after the command counts, and options that take no free text.
 * @param {string} text @param {number} from @param {readonly CommandOption[]} options
 */
function findNames(text, from, options) {
  /** @type {{ option: CommandOption, nameStart: number, start: number }[]} */
  const names = [];
  for (const match of text.slice(from).matchAll(/(?<=\s)([-_\p{L}\p{N}]{1,32}):(\s|$)?/gu)) {
    const option = options.find(({ name }) => name === match[1]);
    if (!option || names.some((name) => name.option === option)) continue;
    const nameStart = from + match.index;
    const first = option === options[0] && text.slice(from, nameStart).trim() === '';
    if (match[2] === undefined && !first && takesFreeText(option)) continue;
    names.push({ option, nameStart, start: nameStart + match[0].length });
  }
  return names;
}

/** @param {CommandOption} option */
function takesFreeText(option) {
  return option.type === optionTypes.string && !option.choices?.length;
}

/** The argument that the caret stands in. @param {Line} line @param {number} caret */
export function argumentAt(line, caret) {
  return line.arguments.findLast(({ nameStart, end }) => nameStart < caret && caret <= end) ?? null;
}

/** Options that are not given yet, required ones first. @param {Line} line @returns {CommandOption[]} */
export function remainingOptions(line) {
  const given = new Set(line.arguments.map(({ option }) => option));
  const left = (line.command?.options ?? []).filter((option) => !given.has(option));
  return [...left.filter(({ required }) => required), ...left.filter(({ required }) => !required)];
}
