/** TeX's accents by the character after the backslash, as combining marks. */
const marks: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030C',
  H: '\u030B',
  r: '\u030A',
  c: '\u0327',
  k: '\u0328',
  d: '\u0323',
  b: '\u0331',
  t: '\u0361',
};

/** Letters that TeX writes as words. */
export const texLetters: Readonly<Record<string, string>> = {
  i: 'ı',
  j: 'ȷ',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  SS: 'ẞ',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  dh: 'ð',
  DH: 'Ð',
  dj: 'đ',
  DJ: 'Đ',
  th: 'þ',
  TH: 'Þ',
  ng: 'ŋ',
  NG: 'Ŋ',
};

/**
 * `\'e`, `\'{e}`, `\' e`, `\'\i`, `\'{\i}`, `\'ı`, `\c c`, `\c{c}`, `\v{\i}`, `\t{oo}`, `na\"\i ve`; the letters' own names may have `{}` behind
 * them. A letter accent needs a brace, a blank or a backslash: `\cs` is somebody's macro.
 */
const base = String.raw`(?:\\(?<name>i|j|oe|OE|o|O|l|L|ae|AE|aa|AA)(?![A-Za-z])(?: (?=\}|\p{Ll})|\{\})?|(?<letter>\p{L}\p{M}*))`;
const accent = new RegExp(
  String.raw`\\(?:(?<sign>[${'`'}'^~"=.])[ ]*|(?<word>[uvHrckdbt])(?:[ ]+|(?=[{\\])|(?=[^\x00-\x7F])))(?:\{[ ]*${base}(?<second>\p{L}?)[ ]*\}|${base.replaceAll(
    /\?<(\w+)>/g,
    '?<$1Bare>',
  )})`,
  'uy',
);
const emptyAccent = /\\(?<sign>[`'^~"=.])\{\s*\}/y;

/**
 * The accented letter that begins at `at`, composed, and the index behind it; null where there is none.
 * `\~{}` and `\^{}` are the bare signs.
 */
export function accentAt(source: string, at: number): { readonly text: string; readonly end: number } | null {
  emptyAccent.lastIndex = at;
  const bare = emptyAccent.exec(source)?.groups;
  if (bare !== undefined) {
    const sign = bare['sign'] ?? '';
    return { text: sign === '~' || sign === '^' ? sign : '', end: emptyAccent.lastIndex };
  }
  accent.lastIndex = at;
  const found = accent.exec(source)?.groups;
  if (found === undefined) return null;
  const mark = marks[found['sign'] ?? found['word'] ?? ''] ?? '';
  const name = found['name'] ?? found['nameBare'];
  const letter = found['letter'] ?? found['letterBare'] ?? (name === undefined ? '' : (texLetters[name] ?? ''));
  return {
    text: (withDot(letter, mark) + mark + (found['second'] ?? '')).normalize('NFC'),
    end: accent.lastIndex,
  };
}

/** Below a mark that stands above, the dotless i and j become i and j: ı + ´ is í. */
function withDot(letter: string, mark: string): string {
  const standsAbove = mark !== '\u0327' && mark !== '\u0328' && mark !== '\u0323' && mark !== '\u0331';
  if (!standsAbove) return letter;
  return letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
}
