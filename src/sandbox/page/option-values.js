import { optionTypes } from './command-line.js';

/**
 * What the names in a line stand for.
 * @typedef {string | number | boolean | import('./picked-file.js').PickedFile} Value
 * @typedef {{ id: string, name: string }} Named
 * @typedef {{ channels: readonly (Named & { type?: number })[], users: readonly Named[], roles?: readonly Named[],
 *   picked: ReadonlyMap<string, string | number | import('./picked-file.js').PickedFile> }} Meanings
 *   `picked`: values of what was chosen from a list, and files, by `pickedKey`
 */

/** By Discord's number of the type. @type {Record<number, string>} */
const kindNames = {
  0: 'text',
  2: 'voice',
  4: 'category',
  5: 'announcement',
  10: 'thread',
  11: 'thread',
  12: 'thread',
  13: 'stage',
  15: 'forum',
  16: 'media',
};

/** @param {string} option its key @param {string} name as the suggestion reads */
export function pickedKey(option, name) {
  return `${option}: ${name.trim()}`;
}

/**
 * The values of a line as Discord sends them, or what is wrong, in Discord's manner.
 *
 * @param {import('./command-line.js').Line} line @param {Meanings} meanings
 * @returns {{ options: Record<string, Value> } | { error: string, option: string }}
 */
export function optionValues(line, meanings) {
  /** @type {Record<string, Value>} */
  const options = {};
  for (const argument of line.arguments) {
    const { option, text } = argument;
    // An optional option that was named and left empty is not given; Discord drops it too.
    if (text === '' && !option.required) continue;
    if (text === '') return { error: `${option.name}: This option is required. Specify a value.`, option: option.name };
    const value = valueOf(option, text, meanings);
    if (value === null) {
      const wanted = isOfWrongKind(option, text, meanings) ? kindsWanted(option) : expectation(option);
      return { error: `${option.name}: ${wanted}`, option: option.name };
    }
    options[option.key] = value;
  }
  const missing = line.command?.options.find((option) => option.required && !(option.key in options));
  if (missing) return { error: `${missing.name}: This option is required. Specify a value.`, option: missing.name };
  return { options };
}

/**
 * What the bot is told while an option is being typed: the options that hold a value already, and the text so far.
 * @param {import('./command-line.js').Line} line @param {import('./command-line.js').CommandOption} focused @param {Meanings} meanings
 */
export function valuesSoFar(line, focused, meanings) {
  const values = line.arguments.map(({ option, text }) => [
    option.key,
    option === focused ? text : valueOf(option, text, meanings),
  ]);
  // A file is sent once, with the command itself.
  return Object.fromEntries(values.filter(([, value]) => value !== null && typeof value !== 'object'));
}

/**
 * @param {import('./command-line.js').CommandOption} option @param {string} text @param {Meanings} meanings
 * @returns {Value | null} null where the text is no such value
 */
function valueOf(option, text, meanings) {
  const picked = meanings.picked.get(pickedKey(option.key, text));
  if (picked !== undefined) return picked;
  if (option.choices?.length) {
    const wanted = text.toLowerCase();
    return (
      option.choices.find(({ name, value }) => name.toLowerCase() === wanted || String(value) === text)?.value ?? null
    );
  }
  switch (option.type) {
    case optionTypes.boolean:
      return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : null;
    case optionTypes.integer:
      return /^[+-]?\d+$/.test(text) ? inRange(option, Number(text)) : null;
    case optionTypes.number:
      return /^[+-]?\d+(?:[.,]\d+)?$/.test(text) ? inRange(option, Number(text.replace(',', '.'))) : null;
    case optionTypes.channel:
      return findByName(fittingChannels(option, meanings.channels), text.replace(/^#/, ''));
    case optionTypes.user:
      return findByName(meanings.users, text.replace(/^@/, ''));
    case optionTypes.role:
      return findRole(meanings, text);
    case optionTypes.mentionable:
      return findByName(meanings.users, text.replace(/^@/, '')) ?? findRole(meanings, text);
    case optionTypes.attachment:
      return null;
    default:
      return fitsLength(option, text) ? text : null;
  }
}

/** Channels of the kinds that the option takes. @template {{ type?: number }} T @param {import('./command-line.js').CommandOption} option @param {readonly T[]} channels */
export function fittingChannels({ channel_types: types = [] }, channels) {
  return types.length === 0 ? channels : channels.filter(({ type = 0 }) => types.includes(type));
}

/** Names a channel that is there, but none that the option takes. @param {import('./command-line.js').CommandOption} option @param {string} text @param {Meanings} meanings */
function isOfWrongKind({ type }, text, { channels }) {
  return type === optionTypes.channel && findByName(channels, text.replace(/^#/, '')) !== null;
}

/** @param {import('./command-line.js').CommandOption} option */
function kindsWanted({ channel_types: types = [] }) {
  const [last = '', ...others] = [...new Set(types.map((type) => kindNames[type] ?? 'other'))].toReversed();
  const kinds = others.length > 0 ? `${others.toReversed().join(', ')} or ${last}` : last;
  const noun = /(?:thread|category)$/.test(kinds) ? '' : ' channel';
  return `That kind of channel does not fit here; choose ${/^[aeiou]/.test(kinds) ? 'an' : 'a'} ${kinds}${noun}.`;
}

/** @param {Meanings} meanings @param {string} text */
function findRole({ roles = [] }, text) {
  return findByName(roles, text) ?? findByName(roles, text.replace(/^@/, ''));
}

/** Discord counts characters, not UTF-16 units. @param {import('./command-line.js').CommandOption} option @param {string} text */
function fitsLength({ min_length: least = 0, max_length: most = Infinity }, text) {
  const length = Array.from(text).length;
  return length >= least && length <= most;
}

/** @param {readonly { id: string, name: string }[]} things @param {string} nameOrId */
function findByName(things, nameOrId) {
  const wanted = nameOrId.toLowerCase();
  return things.find(({ id, name }) => id === nameOrId || name.toLowerCase() === wanted)?.id ?? null;
}

/** @param {import('./command-line.js').CommandOption} option @param {number} value */
function inRange({ min_value = -Infinity, max_value = Infinity }, value) {
  return value >= min_value && value <= max_value ? value : null;
}

/** @param {import('./command-line.js').CommandOption} option what it takes, in a sentence */
function expectation(option) {
  if (option.choices?.length) return `Choose one of ${option.choices.map(({ name }) => name).join(', ')}.`;
  if (option.type === optionTypes.boolean) return 'Choose True or False.';
  if (option.type === optionTypes.channel) return 'This is no channel of the server.';
  if (option.type === optionTypes.user) return 'Nobody here has this name.';
  if (option.type === optionTypes.role) return 'No role of the server has this name.';
  if (option.type === optionTypes.mentionable) return 'Nobody and no role here has this name.';
  if (option.type === optionTypes.attachment) return 'Choose a file.';
  if (option.type === optionTypes.string) return `Enter ${lengthRange(option)}.`;
  const { min_value: least, max_value: most } = option;
  const whole = option.type === optionTypes.integer ? 'a whole number' : 'a number';
  if (least !== undefined && most !== undefined) return `Enter ${whole} from ${least} to ${most}.`;
  if (least !== undefined) return `Enter ${whole} of at least ${least}.`;
  if (most !== undefined) return `Enter ${whole} of at most ${most}.`;
  return `Enter ${whole}.`;
}

/** @param {import('./command-line.js').CommandOption} option */
function lengthRange({ min_length: least = 0, max_length: most }) {
  if (most === undefined) return `at least ${least} characters`;
  return least > 0 ? `${least} to ${most} characters` : `at most ${most} characters`;
}
