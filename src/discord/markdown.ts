import { lengthOf, shorten } from './shorten.ts';

/**
 * What Discord's Markdown would read as markup in plain text: marks anywhere, masked links, mentions and time stamps (`<…`), emoji names,
 * and headings, quotes and lists where a line begins. An address is matched first and stays as it is: a backslash would break it.
 */
const markup =
  /(?<address>https?:\/\/[\w\-./?=&%#:+~]*[\w/])|(?<list>(?<=^[ \t]{0,9})\d{1,9})(?<dot>[.)])(?=\s|$)|(?:(?<=^[ \t]{0,9})(?:[-#>+]|-#)(?=[\s>#-]|$))|[\\`*_]|~(?=~)|(?<=~)~|\|(?=\|)|(?<=\|)\||(?<=\])\(|<(?=[@#:/]|\w{1,20}:)|:(?=[\w+-]{1,40}:)|@(?=everyone|here)/gm;

/** Plain text as Markdown that shows just that text. discord.js' own escaping leaves links, lists and headings to chance. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(markup, (found, ...rest) => {
    const { address, list, dot } = namedGroups(rest);
    if (address !== undefined) return address;
    return list === undefined ? `\\${found}` : `${list}\\${dot}`;
  });
}

/** Text of strangers made fit to be shown: no control, direction or private-use characters, no towers of accents. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[[\p{Cc}\p{Bidi_Control}\u200B\u2060-\u206F\uFEFF\uE000-\uF8FF]--\n]/gv, ' ')
    .replaceAll(/(\p{M}{4})\p{M}+/gu, '$1')
    .trim();
}

/** Clean, escaped and at most `max` code points long, escapes counted; cut before it is escaped, so that no escape is cut. */
export function fitMarkdown(text: string, max: number, escape: (plain: string) => string = escapeMarkdown): string {
  const plain = cleanText(text);
  for (let room = max; room > 0;) {
    const escaped = escape(shorten(plain, room));
    const over = lengthOf(escaped) - max;
    if (over <= 0) return escaped;
    room -= over;
  }
  return '';
}

/** Clean, not escaped, on one line: for places without Markdown, such as footers and labels. */
export function fitPlain(text: string, max: number): string {
  return shorten(oneLine(cleanText(text)), max);
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

export function bold(markdown: string): string {
  return markdown === '' ? '' : `**${markdown}**`;
}

/**
 * Plain text as the visible part of `[…](address)`. Discord shows a masked link raw if its text holds an address or brackets that do not
 * pair up, so these lose their scheme, and become parentheses.
 */
export function escapeLinkText(text: string): string {
  const pairsUp = /^[^[\]]*(?:\[[^[\]]*\][^[\]]*)*$/.test(text);
  const bracketed = pairsUp ? text : text.replaceAll('[', '(').replaceAll(']', ')');
  return escapeMarkdown(bracketed.replaceAll(/\b(?:https?|ftp):\/\//g, ''));
}

function namedGroups(replacerArguments: readonly unknown[]): Readonly<Record<string, string | undefined>> {
  const last = replacerArguments.at(-1);
  return typeof last === 'object' && last !== null ? { ...last } : {};
}
