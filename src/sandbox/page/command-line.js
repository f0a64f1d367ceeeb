/**
 * What is being typed after a slash. Pure: text in, reading out.
 *
 * @typedef {import('./control.js').CommandOption} CommandOption
 * @typedef {{ path: string, description: string, options: readonly CommandOption[] }} Command a command or sub-command as
 *   typed: `path` is `alert add`
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
  number: 10,
});
const chatInput = 1;
const guildContext = 0;
const botContext = 1;

/**
 * The commands that can be typed, sub-commands by themselves, as Discord lists them.
 * @param {readonly import('./control.js').RegisteredCommand[]} registered
 * @param {boolean} [isDirect] in a direct message, where commands of a server are not offered
 * @returns {Command[]} by path
 */
export function typedCommands(registered, isDirect = false) {
  const context = isDirect ? botContext : guildContext;
  return registered
    .filter(({ type }) => (type ?? chatInput) === chatInput)
    .filter(({ guild_id, contexts }) => (contexts ? contexts.includes(context) : true) && !(isDirect && guild_id))
    .flatMap(({ name, description, options }) => expand(name, description, options ?? []))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

/** @param {string} path @param {string} description @param {readonly CommandOption[]} options @returns {Command[]} */
function expand(path, description, options) {
  const inner = options.filter(({ type }) => type === optionTypes.subCommand || type === optionTypes.subCommandGroup);
  if (inner.length === 0) return [{ path, description, options }];
  return inner.flatMap((option) => expand(`${path} ${option.name}`, option.description, option.options ?? []));
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
