import { fittingChannels } from './option-values.js';
import { suggestMentions } from './mention-suggestions.js';
import { argumentAt, optionTypes, readLine, remainingOptions } from './command-line.js';

/**
 * @typedef {{ label: string, detail: string, text: string, caret?: number, picked?: { key: string, name: string, value: string },
 *   file?: { key: string, line: (name: string) => string } }} Suggestion `text`: the whole line once it is taken; the caret goes
 *   to its end unless `caret` says where; `picked`: what its name stands for; `file`: a file is to be chosen, and `line` is the line with its name
 * @typedef {{ heading: string, about: string, items: readonly Suggestion[], first: boolean }} Suggestions
 *   `first`: the first item is chosen unless the person moves: Enter takes it
 * @typedef {{ id: string, name: string, type?: number, about?: string }} Named
 * @typedef {{ commands: readonly import('./command-line.js').Command[], channels: readonly Named[], users: readonly Named[],
 *   roles?: readonly Named[], choices: readonly { name: string }[], silence?: string }} Offers
 *   `choices`: what the bot suggests for the option at the caret; `about`: tells things of one name apart; `silence`: why there are no commands
 * @typedef {{ name: string, id?: string, about?: string }} Offered
 */

const most = 25;

/**
 * What to offer below the caret.
 * @param {string} text @param {number} caret offset @param {Offers} offers @returns {Suggestions | null}
 */
export function suggest(text, caret, offers) {
  const line = readLine(text, offers.commands);
  if (line === null) return suggestMentions(text, caret, { roles: [], ...offers });
  if (offers.commands.length === 0)
    return { heading: offers.silence || 'There are no commands here.', about: '', items: [], first: false };
  if (line.command === null || text.length === line.commandEnd) return suggestCommands(line.typed, offers.commands);
  if (!line.command.allowed) return null;
  const argument = argumentAt(line, caret);
  if (argument === null) return suggestOptions(text, line);
  const { option } = argument;
  if (option.type === optionTypes.attachment && argument.text === '') return suggestFile(text, line, argument);
  const values = valuesOf(option, offers);
  const typed = argument.text.toLowerCase();
  const given = values.some(({ name }) => name.toLowerCase() === typed);
  if (values.length === 0 || given) return suggestOptions(text, line, option);
  const bare = typed.replace(/^[#@]/, '');
  const fitting = option.autocomplete ? values : values.filter(({ name }) => name.toLowerCase().includes(bare));
  return {
    heading: option.name,
    about: option.description,
    items: fitting.slice(0, most).map(({ name, id, about = '' }) => ({
      label: name,
      detail: about,
      text: withValue(text, line, argument, name),
      ...(id === undefined ? {} : { picked: { key: option.key, name, value: id } }),
    })),
    // The bot's suggestions leave the choice open: what was typed counts as well.
    first: !option.autocomplete && fitting.length > 0,
  };
}

/** @param {string} text @param {import('./command-line.js').Line} line @param {import('./command-line.js').Argument} argument @returns {Suggestions} */
function suggestFile(text, line, argument) {
  const { key, name, description } = argument.option;
  const file = { key, line: (/** @type {string} */ chosen) => withValue(text, line, argument, chosen) };
  return {
    heading: name,
    about: description,
    items: [{ label: 'Choose a file…', detail: '', text, file }],
    first: true,
  };
}

/** @param {string} typed @param {readonly import('./command-line.js').Command[]} commands @returns {Suggestions | null} */
function suggestCommands(typed, commands) {
  const wanted = typed.toLowerCase();
  const items = commands
    .filter(({ path, allowed }) => allowed && path.includes(wanted))
    .toSorted((a, b) => Number(b.path.startsWith(wanted)) - Number(a.path.startsWith(wanted)))
    .slice(0, most)
    .map(({ path, description, options }) => {
      const first = options.find(({ required }) => required);
      return { label: `/${path}`, detail: description, text: first ? `/${path} ${first.name}: ` : `/${path} ` };
    });
  return { heading: typed ? `Commands matching /${typed}` : 'Commands', about: '', items, first: items.length > 0 };
}

/**
 * The options that are left. With a required one outstanding and nothing being typed, it is chosen at once.
 * @param {string} text @param {import('./command-line.js').Line} line
 * @param {import('./command-line.js').CommandOption} [current] the option being typed, to describe it
 * @returns {Suggestions}
 */
function suggestOptions(text, line, current) {
  const left = remainingOptions(line);
  return {
    heading: current?.name ?? `/${line.command?.path ?? ''}`,
    about: current?.description ?? line.command?.description ?? '',
    items: left.map(({ name, description, required }) => ({
      label: name,
      detail: required ? description : `${description} (optional)`,
      text: `${text.trimEnd()} ${name}: `,
    })),
    first: current === undefined && left[0]?.required === true,
  };
}

/** What the option at the caret can be, as it would be typed. @param {import('./command-line.js').CommandOption} option @param {Offers} offers @returns {Offered[]} */
function valuesOf(option, { channels, users, roles = [], choices }) {
  if (option.choices?.length) return option.choices.map(({ name }) => ({ name }));
  if (option.autocomplete) return choices.map(({ name }) => ({ name }));
  const people = () => users.map(({ id, name }) => ({ id, name: `@${name}` }));
  const ranks = () =>
    roles.map(({ id, name }) => ({ id, name: name.startsWith('@') ? name : `@${name}`, about: 'Role' }));
  switch (option.type) {
    case optionTypes.boolean:
      return [{ name: 'True' }, { name: 'False' }];
    case optionTypes.channel:
      return fittingChannels(option, channels).map(({ id, name, about }) => ({ id, name: `#${name}`, about }));
    case optionTypes.user:
      return people();
    case optionTypes.role:
      return ranks();
    case optionTypes.mentionable:
      return [...people(), ...ranks()];
    default:
      return [];
  }
}

/**
 * The line with this value in place, and the next required option begun.
 * @param {string} text @param {import('./command-line.js').Line} line @param {import('./command-line.js').Argument} argument
 * @param {string} value
 */
function withValue(text, line, argument, value) {
  const before = text.slice(0, argument.nameStart);
  const after = text.slice(argument.end).trim();
  const filled = `${before}${argument.option.name}: ${value} ${after === '' ? '' : `${after} `}`;
  const next = remainingOptions(line).find(({ required }) => required);
  return next ? `${filled}${next.name}: ` : filled;
}
