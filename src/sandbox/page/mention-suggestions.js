import { emojiNames } from './emoji-names.js';
import { mentions } from './sent-text.js';

const most = 10;
const emoji = emojiNames.map(([name, sign]) => ({
  name: `:${name}:`,
  sent: sign,
  about: '',
  label: `${sign} :${name}:`,
}));
const headings = { '@': 'Members', '#': 'Channels', ':': 'Emoji' };

/**
 * What a plain message could name at the caret: people and roles after `@`, channels after `#`, emoji after `:` and two letters.
 *
 * @param {string} text @param {number} caret offset @param {import('./sent-text.js').Nameable} nameable
 * @returns {import('./suggestions.js').Suggestions | null}
 */
export function suggestMentions(text, caret, nameable) {
  const begun = /(?<![^\s(])([@#:])([^\s@#:]*)$/u.exec(text.slice(0, caret));
  const sign = begun?.[1];
  if (!begun || (sign !== '@' && sign !== '#' && sign !== ':')) return null;
  const wanted = (begun[2] ?? '').toLowerCase();
  if (sign === ':' && wanted.length < 2) return null;
  const found = (sign === ':' ? emoji : named(nameable).filter(({ name }) => name.startsWith(sign)))
    .filter(({ name }) => name.slice(1).toLowerCase().includes(wanted))
    .toSorted((a, b) => Number(beginsWith(b.name, wanted)) - Number(beginsWith(a.name, wanted)))
    .slice(0, most);
  if (found.length === 0) return null;
  const before = text.slice(0, begun.index);
  const after = text.slice(caret).replace(/^ /, '');
  return {
    heading: wanted === '' ? headings[sign] : `${headings[sign]} matching ${sign}${wanted}`,
    about: '',
    items: found.map(({ name, sent, about, label }) => ({
      label,
      detail: about,
      text: `${before}${name} ${after}`,
      caret: before.length + name.length + 1,
      picked: { key: '', name, value: sent },
    })),
    first: true,
  };
}

/** @param {import('./sent-text.js').Nameable} nameable */
function named(nameable) {
  return mentions(nameable).map((mention) => ({ ...mention, label: mention.name }));
}

/** @param {string} name with its sign @param {string} wanted */
function beginsWith(name, wanted) {
  return name.slice(1).toLowerCase().startsWith(wanted);
}
