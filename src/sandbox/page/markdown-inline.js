/** @typedef {import('./markdown.js').Node} Node */

/** Places of a server that are no channels. @type {Readonly<Record<string, string>>} */
const pages = {
  customize: 'Channels & Roles',
  browse: 'Browse Channels',
  guide: 'Server Guide',
  home: 'Server Guide',
  'linked-roles': 'Linked Roles',
};

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
  [
    /https?:\/\/(?:\([^\s<()]*\)|[^\s<()])*(?:\([^\s<()]*\)|[^\s<().,:;"'\]*~|])/y,
    ([url]) => link(url, [{ kind: 'text', text: url }]),
  ],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>/y,
    ([, at, style]) => ({ kind: 'time', seconds: Number(at), style: style ?? 'f' }),
  ],
  [/<@!?(\d{1,20})>/y, ([, id = '']) => ({ kind: 'mention', of: 'user', id, name: '@user' })],
  [/<@&(\d{1,20})>/y, ([, id = '']) => ({ kind: 'mention', of: 'role', id, name: '@role' })],
  [/@(everyone|here)\b/y, ([name]) => ({ kind: 'mention', of: 'all', id: '', name })],
  [
    /<id:(customize|browse|guide|home|linked-roles)(?::\d{1,20})?>/y,
    ([, id = '']) => ({ kind: 'mention', of: 'page', id, name: pages[id] ?? id }),
  ],
  [/<#(\d{1,20})>/y, ([, id = '']) => ({ kind: 'mention', of: 'channel', id, name: '#channel' })],
  [
    /<\/([^:<>]{1,100}):(\d{1,20})>/y,
    ([, name = '', id = '']) => ({ kind: 'mention', of: 'command', id, name: `/${name}` }),
  ],
  [/<a?:(\w{2,32}):(\d{1,20})>/y, ([, name = '', id = '']) => ({ kind: 'emoji', id, name: `:${name}:` })],
  [/\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, ([, inner = '']) => ({ kind: 'strong', children: parseInline(inner) })],
  [/__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, ([, inner = '']) => ({ kind: 'underline', children: parseInline(inner) })],
  [
    /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/y,
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

/** What stands within a line or several: marks, links, mentions. @param {string} text @returns {Node[]} */
export function parseInline(text) {
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
  if (!/[\\`[<h@*_~|]/.test(text[at] ?? '')) return null;
  for (const [pattern, build] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { node: build(found), end: at + found[0].length };
  }
  return null;
}
