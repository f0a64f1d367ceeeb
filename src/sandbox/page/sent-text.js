import { emojiNames } from './emoji-names.js';
import { pickedKey } from './option-values.js';

/**
 * Whom and what a message can name.
 * @typedef {{ users: readonly import('./suggestions.js').Named[], roles: readonly import('./suggestions.js').Named[],
 *   channels: readonly import('./suggestions.js').Named[] }} Nameable
 * @typedef {{ name: string, sent: string, about: string }} Mention `name` as it is typed, `sent` as Discord writes it
 */

/** Code is sent as it stands. */
const code = /(```[\s\S]*?```|`[^`\n]*`)/;

/** Everything that can be mentioned, people first. @param {Nameable} nameable @returns {Mention[]} */
export function mentions({ users, roles, channels }) {
  return [
    ...users.map(({ id, name, about = '' }) => ({ name: `@${name}`, sent: `<@${id}>`, about })),
    ...roles
      // @everyone is sent as it is typed.
      .filter(({ name }) => !name.startsWith('@'))
      .map(({ id, name }) => ({ name: `@${name}`, sent: `<@&${id}>`, about: 'Role' })),
    ...channels.map(({ id, name, about = '' }) => ({ name: `#${name}`, sent: `<#${id}>`, about })),
  ];
}

/**
 * A message as Discord's client sends it: names of people, roles, channels and emoji become what they stand for.
 * @param {string} text @param {Nameable} nameable
 * @param {ReadonlyMap<string, unknown>} [picked] what was chosen from a list, where a name is not of one thing alone
 */
export function sentText(text, nameable, picked = new Map()) {
  const known = new Map(emojiNames.map(([name, sign]) => [`:${name}:`, sign]));
  for (const { name, sent } of mentions(nameable)) {
    if (!known.has(name) || picked.get(pickedKey('', name)) === sent) known.set(name, sent);
  }
  const longestFirst = [...known.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  // Part of a longer word is no name: neither in an address nor in an e-mail.
  const name = new RegExp(`(?<![\\p{L}\\p{N}_<])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
  return text
    .split(code)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll(name, (found) => known.get(found) ?? found)))
    .join('');
}
