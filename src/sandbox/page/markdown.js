import { parseInline } from './markdown-inline.js';
import { formatTimestamp } from './time-format.js';

/**
 * Discord's Markdown as a tree. Pure: nothing here touches the page, and a node never holds HTML.
 *
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'strong' | 'em' | 'underline' | 'strike' | 'spoiler' | 'subtext' | 'quote' | 'item', children: Node[] }
 *   | { kind: 'heading', level: number, children: Node[] }
 *   | { kind: 'list', start: number | null, children: Node[] }
 *   | { kind: 'code', text: string }
 *   | { kind: 'pre', language: string, text: string }
 *   | { kind: 'link', url: string, children: Node[] }
 *   | { kind: 'time', seconds: number, style: string }
 *   | { kind: 'mention', of: 'user' | 'role' | 'channel' | 'command' | 'all' | 'page', id: string, name: string }
 *   | { kind: 'emoji', id: string, name: string }} Node
 */

const fence = /(?<!\\)```(?:([\w+#.-]*)\n)?\n*([\s\S]*?[^\n\s][\s\S]*?)\n*```/g;

/**
 * @param {string} text as a bot sent it
 * @returns {Node[]} `list` nodes hold only `item`s; a number as `start` makes it ordered
 */
export function parseMarkdown(text) {
  return splitQuotes(text).flatMap(({ quoted, text: part }) =>
    quoted ? { kind: /** @type {const} */ ('quote'), children: parseBlocks(part) } : parseBlocks(part),
  );
}

/**
 * Quotes come before all else, as a code block can stand in one; they do not nest. A mark inside a code block opens none.
 * @param {string} text
 */
function splitQuotes(text) {
  /** @type {{ quoted: boolean, text: string }[]} */
  const parts = [];
  const code = [...text.matchAll(fence)].map((block) => ({ from: block.index, to: block.index + block[0].length }));
  let at = 0;
  /** @type {string[]} */
  let lines = [];
  let quoted = false;
  const flush = () => {
    if (lines.length > 0) parts.push({ quoted, text: lines.join('\n') });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const start = at;
    /** @type {boolean} */
    const inCode = !quoted && code.some(({ from, to }) => from < start && start < to);
    if (!inCode && line.startsWith('>>> ')) {
      flush();
      parts.push({ quoted: true, text: text.slice(start + 4) });
      return parts;
    }
    /** @type {boolean} */
    const isQuote = !inCode && line.startsWith('> ');
    if (isQuote !== quoted) flush();
    quoted = isQuote;
    lines.push(isQuote ? line.slice(2) : line);
    at += line.length + 1;
  }
  flush();
  return parts;
}

/** Code blocks, and the lines between them. @param {string} text @returns {Node[]} */
function parseBlocks(text) {
  /** @type {Node[]} */
  const nodes = [];
  let end = 0;
  for (const block of text.matchAll(fence)) {
    nodes.push(...parseLines(text.slice(end, block.index).replace(/\n$/, '')));
    nodes.push({ kind: 'pre', language: block[1] ?? '', text: block[2] ?? '' });
    end = block.index + block[0].length;
    // The line breaks before and after a code block belong to the block.
    if (text[end] === '\n') end++;
  }
  nodes.push(...parseLines(text.slice(end)));
  return nodes;
}

/**
 * A message of nothing but a few emoji shows them large.
 * @param {string} text
 */
export function isOnlyEmoji(text) {
  const bare = text.replaceAll(/<a?:\w{2,32}:\d{1,20}>|\p{RGI_Emoji}|\s/gv, '');
  const count = text.match(/<a?:\w{2,32}:\d{1,20}>|\p{RGI_Emoji}/gv)?.length ?? 0;
  return bare === '' && count > 0 && count <= 30;
}

/** @param {string} text what a reader would see, on one line: for accessible names and previews */
export function plainText(text) {
  return flatten(parseMarkdown(text)).replaceAll(/\s+/g, ' ').trim();
}

/** What stands on lines of its own. @type {ReadonlySet<Node['kind']>} */
const blocks = new Set(['heading', 'subtext', 'quote', 'list', 'item', 'pre']);

/** @param {readonly Node[]} nodes @returns {string} */
function flatten(nodes) {
  return nodes.map((node) => (blocks.has(node.kind) ? ` ${flattened(node)} ` : flattened(node))).join('');
}

/** @param {Node} node @returns {string} */
function flattened(node) {
  if ('children' in node) return flatten(node.children);
  if ('text' in node) return node.text;
  if ('name' in node) return node.name;
  return formatTimestamp(node.seconds, node.style);
}

/** @param {string} text @returns {Node[]} */
function parseLines(text) {
  if (text === '') return [];
  /** @type {Node[]} */
  const nodes = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.length > 0) nodes.push(...parseInline(plain.join('\n')));
    plain = [];
  };
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,3})\s+(\S.*)$/.exec(line);
    const subtext = /^-#\s+(\S.*)$/.exec(line);
    if (heading?.[1] && heading[2]) {
      flush();
      nodes.push({
        kind: 'heading',
        level: heading[1].length,
        children: parseInline(heading[2].replace(/\s+#+\s*$/, '')),
      });
    } else if (subtext?.[1]) {
      flush();
      nodes.push({ kind: 'subtext', children: parseInline(subtext[1]) });
    } else if (listItem.test(line)) {
      flush();
      const from = at;
      while (continuesList(line, lines[at + 1] ?? '')) at++;
      nodes.push(parseList(lines.slice(from, at + 1)));
    } else {
      plain.push(line);
    }
  }
  flush();
  return nodes;
}

const listItem = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;

/** A bullet does not continue a numbered list of its own depth, nor the reverse. @param {string} first @param {string} next */
function continuesList(first, next) {
  const deeper = indentOf(next) > indentOf(first) && next.trim() !== '';
  return deeper || (listItem.test(next) && /^ *\d/.test(first) === /^ *\d/.test(next));
}

/** @param {readonly string[]} lines the first is an item; deeper ones belong to the item above @returns {Node} */
function parseList(lines) {
  const first = listItem.exec(lines[0] ?? '');
  const depth = first?.[1]?.length ?? 0;
  const start = /^\d/.test(first?.[2] ?? '') ? Number.parseInt(first?.[2] ?? '1', 10) : null;
  /** @type {Node[]} */
  const items = [];
  for (let at = 0; at < lines.length; at++) {
    const own = listItem.exec(lines[at] ?? '')?.[3] ?? (lines[at] ?? '').trim();
    const from = at + 1;
    while (lines[at + 1] !== undefined && indentOf(lines[at + 1] ?? '') > depth) at++;
    const deeper = lines.slice(from, at + 1);
    const nested = deeper.length > 0 && listItem.test(deeper[0] ?? '') ? [parseList(deeper)] : [];
    const text = nested.length > 0 ? own : [own, ...deeper.map((line) => line.trim())].join('\n');
    items.push({ kind: 'item', children: [...parseInline(text), ...nested] });
  }
  return { kind: 'list', start, children: items };
}

/** @param {string} line */
function indentOf(line) {
  return line.length - line.trimStart().length;
}
