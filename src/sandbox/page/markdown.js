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
 *   | { kind: 'mention', of: 'user' | 'role' | 'channel' | 'command', id: string, name: string }
 *   | { kind: 'emoji', id: string, name: string }} Node
 */

const fence = /```(?:([\w+#.-]*)\n)?\n*([\s\S]*?[^\n\s][\s\S]*?)\n*```/g;

/**
 * @param {string} text as a bot sent it
 * @returns {Node[]} `list` nodes hold only `item`s; a number as `start` makes it ordered
 */
export function parseMarkdown(text) {
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

/** @param {string} text what a reader would see, on one line: for accessible names and previews */
export function plainText(text) {
  return flatten(parseMarkdown(text)).replaceAll(/\s+/g, ' ').trim();
}

/** @param {readonly Node[]} nodes @returns {string} */
function flatten(nodes) {
  return nodes
    .map((node) => {
      if ('children' in node)
        return flatten(node.children) + (node.kind === 'item' || node.kind === 'heading' ? ' ' : '');
      if ('text' in node) return node.text;
      if ('name' in node) return node.name;
      return new Date(node.seconds * 1000).toISOString();
    })
    .join('');
}

/** @param {string} text @param {boolean} [quoted] quotes do not nest: inside one, `> ` is text, as in Discord @returns {Node[]} */
function parseLines(text, quoted = false) {
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
    if (!quoted && line.startsWith('>>> ')) {
      flush();
      nodes.push({ kind: 'quote', children: parseLines([line.slice(4), ...lines.slice(at + 1)].join('\n'), true) });
      return nodes;
    }
    if (!quoted && line.startsWith('> ')) {
      flush();
      const from = at;
      while (lines[at + 1]?.startsWith('> ')) at++;
      const inner = lines.slice(from, at + 1).map((each) => each.slice(2));
      nodes.push({ kind: 'quote', children: parseLines(inner.join('\n'), true) });
    } else if (heading?.[1] && heading[2]) {
      flush();
      nodes.push({ kind: 'heading', level: heading[1].length, children: parseInline(heading[2]) });
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

/**
 * Inline rules in the order Discord tries them; the first that matches where we stand wins. `\b_` as Discord has it:
 * snake_case is no emphasis.
 * @type {readonly (readonly [RegExp, (match: RegExpExecArray) => Node])[]}
 */
const rules = [
  [/\\([^A-Za-z0-9\s])/y, ([, escaped = '']) => ({ kind: 'text', text: escaped })],
  [
    /(`+)([\s\S]*?[^`])\1(?!`)/y,
    ([, , code = '']) => ({ kind: 'code', text: code.trim() === '' ? code : code.trim() }),
  ],
  [
    /\[((?:\\.|\[[^[\]]*\]|[^[\]\\])+)\]\(<?(https?:\/\/(?:\([^\s()<>]*\)|\\.|[^\s()<>\\])+)>?(?:\s+"[^"]*")?\)/y,
    ([, label = '', url = '']) => link(url.replaceAll(/\\(.)/g, '$1'), parseInline(label)),
  ],
  [/<(https?:\/\/[^\s<>]+)>/y, ([, url = '']) => link(url, [{ kind: 'text', text: url }])],
  [/https?:\/\/[^\s<]+[^\s<.,:;"'\])*_~|]/y, ([url]) => link(url, [{ kind: 'text', text: url }])],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    ([, at, style]) => ({ kind: 'time', seconds: Number(at), style: style ?? 'f' }),
  ],
  [/<@!?(\d{1,20})>/y, ([, id = '']) => ({ kind: 'mention', of: 'user', id, name: '@user' })],
  [/<@&(\d{1,20})>/y, ([, id = '']) => ({ kind: 'mention', of: 'role', id, name: '@role' })],
  [/<#(\d{1,20})>/y, ([, id = '']) => ({ kind: 'mention', of: 'channel', id, name: '#channel' })],
  [
    /<\/([^:<>]{1,100}):(\d{1,20})>/y,
    ([, name = '', id = '']) => ({ kind: 'mention', of: 'command', id, name: `/${name}` }),
  ],
  [/<a?:(\w{2,32}):(\d{1,20})>/y, ([, name = '', id = '']) => ({ kind: 'emoji', id, name: `:${name}:` })],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, ([, inner = '']) => ({ kind: 'strong', children: parseInline(inner) })],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, ([, inner = '']) => ({ kind: 'underline', children: parseInline(inner) })],
  [
    /\*(?![\s*])((?:\*\*|\\[\s\S]|[^*\\])+?)\*(?!\*)/y,
    ([, inner = '']) => ({ kind: 'em', children: parseInline(inner) }),
  ],
  [/\b_((?:__|\\[\s\S]|[^_\\])+?)_\b/y, ([, inner = '']) => ({ kind: 'em', children: parseInline(inner) })],
  [/~~([\s\S]+?)~~(?!~)/y, ([, inner = '']) => ({ kind: 'strike', children: parseInline(inner) })],
  [/\|\|([\s\S]+?)\|\|/y, ([, inner = '']) => ({ kind: 'spoiler', children: parseInline(inner) })],
];

/** @param {string} url @param {Node[]} children @returns {Node} */
function link(url, children) {
  return { kind: 'link', url, children };
}

/** @param {string} text @returns {Node[]} */
function parseInline(text) {
  /** @type {Node[]} */
  const nodes = [];
  let pending = '';
  let at = 0;
  while (at < text.length) {
    const found = match(text, at);
    if (found === null) {
      pending += text[at++];
    } else {
      if (found.node.kind === 'text') pending += found.node.text;
      else {
        if (pending !== '') nodes.push({ kind: 'text', text: pending });
        pending = '';
        nodes.push(found.node);
      }
      at = found.end;
    }
  }
  if (pending !== '') nodes.push({ kind: 'text', text: pending });
  return nodes;
}

/** The rule that matches at `at`. @param {string} text @param {number} at */
function match(text, at) {
  // Only these characters open anything; the test keeps long plain text cheap.
  if (!/[\\`[<h*_~|]/.test(text[at] ?? '')) return null;
  for (const [pattern, build] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { node: build(found), end: at + found[0].length };
  }
  return null;
}
