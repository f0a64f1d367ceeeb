import { emojiText } from './button-view.js';
import { plainText } from './markdown.js';

const stringSelect = 3;
const userSelect = 5;
const roleSelect = 6;
const mentionableSelect = 7;
const channelSelect = 8;

/** Signs of the kinds of channels that are no text channels. */
const signs = new Map([
  [2, '🔊'],
  [4, '📁'],
  [5, '📢'],
  [13, '🎙️'],
  [15, '🗨️'],
]);

/**
 * @typedef {object} Option one line of the list
 * @property {string} value @property {string} label
 * @property {string} [description]
 * @property {string} [sign] an emoji or `#` before the label
 * @property {string} [avatar] address of a picture
 * @property {string} [colour] CSS colour of a role
 */

/**
 * What a select offers, in the order of its list.
 * @param {import('./control.js').Component} component @param {import('./control.js').Choices} [choices] what the server has; nothing without it
 * @returns {Option[]}
 */
export function optionsOf(component, choices) {
  const { users = [], roles = [], channels = [] } = choices ?? {};
  const people = users.map(({ id, name, avatar }) => ({ value: id, label: name, avatar }));
  const ranks = roles.map(({ id, name, color }) => ({
    value: id,
    label: name,
    sign: '@',
    colour: color ? `#${color.toString(16).padStart(6, '0')}` : 'var(--text-quiet)',
  }));
  switch (component.type) {
    case stringSelect:
      return (component.options ?? []).map(({ value, label, description, emoji }) => ({
        value,
        label,
        description: plainText(description ?? ''),
        sign: emojiText(emoji),
      }));
    case userSelect:
      return people;
    case roleSelect:
      return ranks;
    case mentionableSelect:
      return [...people, ...ranks];
    case channelSelect:
      return channels
        .filter(({ type }) => !component.channel_types?.length || component.channel_types.includes(type))
        .map(({ id, name, type }) => ({ value: id, label: name, sign: signs.get(type) ?? '#' }));
    default:
      return [];
  }
}

/** People, roles and channels are many: their list is searched by typing. @param {import('./control.js').Component} component */
export function isSearched(component) {
  return component.type !== stringSelect;
}

/** What is chosen before anybody chose. @param {import('./control.js').Component} component @returns {string[]} */
export function presetValues(component) {
  if (component.type !== stringSelect) return (component.default_values ?? []).map(({ id }) => id);
  return (component.options ?? []).filter((option) => option.default === true).map(({ value }) => value);
}
