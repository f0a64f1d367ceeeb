import { argumentAt, optionTypes, readLine, remainingOptions } from './command-line.js';

/**
 * @typedef {{ label: string, detail: string, text: string }} Suggestion `text`: the whole line once it is taken; the caret goes
 *   to its end
 * @typedef {{ heading: string, about: string, items: readonly Suggestion[], first: boolean }} Suggestions
 *   `first`: the first item is chosen unless the person moves: Enter takes it
 * @typedef {{ commands: readonly import('./command-line.js').Command[], channels: readonly { name: string }[],
 *   users: readonly { name: string }[], choices: readonly { name: string }[] }} Offers
 *   `choices`: what the bot suggests for the option at the caret
 */

const most = 25;

/**
 * What to offer below the caret.
 * @param {string} text @param {number} caret offset @param {Offers} offers @returns {Suggestions | null}
 */
export function suggest(text, caret, offers) {
  const line = readLine(text, offers.commands);
  if (line === null) return null;
  if (line.command === null || text.length === line.commandEnd) return suggestCommands(line.typed, offers.commands);
  const argument = argumentAt(line, caret);
  if (argument === null) return suggestOptions(text, line);
  const values = valuesOf(argument.option, offers);
  const typed = argument.text.toLowerCase();
  const given = values.some((value) => value.toLowerCase() === typed);
  if (values.length === 0 || given) return suggestOptions(text, line, argument.option);
  const bare = typed.replace(/^[#@]/, '');
  const fitting = argument.option.autocomplete ? values : values.filter((value) => value.toLowerCase().includes(bare));
  return {
    heading: argument.option.name,
    about: argument.option.description,
    items: fitting
      .slice(0, most)
      .map((value) => ({ label: value, detail: '', text: withValue(text, line, argument, value) })),
    // The bot's suggestions leave the choice open: what was typed counts as well.
    first: !argument.option.autocomplete && fitting.length > 0,
  };
}

/** @param {string} typed @param {readonly import('./command-line.js').Command[]} commands @returns {Suggestions | null} */
function suggestCommands(typed, commands) {
  const wanted = typed.toLowerCase();
  const items = commands
    .filter(({ path }) => path.includes(wanted))
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

/** What the option at the caret can be, as it would be typed. @param {import('./command-line.js').CommandOption} option @param {Offers} offers */
function valuesOf(option, offers) {
  if (option.choices?.length) return option.choices.map(({ name }) => name);
  if (option.autocomplete) return offers.choices.map(({ name }) => name);
  if (option.type === optionTypes.boolean) return ['True', 'False'];
  if (option.type === optionTypes.channel) return offers.channels.map(({ name }) => `#${name}`);
  if (option.type === optionTypes.user) return offers.users.map(({ name }) => `@${name}`);
  return [];
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
