const single = /`(?=[^\s`'])[^`'\n]{0,120}'(?!['\p{L}\p{N}])/uy;

/**
 * TeX's typewriter habits as printed: ``` ``x'' ``` and ``` ``x" ``` as “x”, `` `x' `` as ‘x’, `--` as –, `---` as —, a tie as a
 * blank. What only looks like them stays: SAND`22, it's, z~2, a single hyphen, a longer rule.
 */
export function createTypography(source: string): { at(index: number): { text: string; end: number } } {
  let openDoubles = 0;
  const closingSingles = new Set<number>();

  return {
    at(index) {
      const character = source[index] ?? '';
      switch (character) {
        case '`':
          return backtick(index);
        case "'":
          return apostrophe(index);
        case '"':
          if (openDoubles === 0) return { text: character, end: index + 1 };
          openDoubles -= 1;
          return { text: '”', end: index + 1 };
        case '-':
          return dashes(index);
        case '~':
          return { text: isTie(source, index) ? ' ' : '~', end: index + 1 };
        default:
          return { text: character, end: index + 1 };
      }
    },
  };

  function backtick(index: number): { text: string; end: number } {
    if (source[index + 1] === '`') {
      openDoubles += 1;
      return { text: '“', end: index + 2 };
    }
    if (/[\p{L}\p{N}]/u.test(source[index - 1] ?? ' ')) return { text: '`', end: index + 1 };
    single.lastIndex = index;
    const quoted = single.exec(source);
    if (quoted === null) return { text: '`', end: index + 1 };
    closingSingles.add(single.lastIndex - 1);
    return { text: '‘', end: index + 1 };
  }

  function apostrophe(index: number): { text: string; end: number } {
    if (closingSingles.has(index)) return { text: '’', end: index + 1 };
    if (source[index + 1] !== "'") return { text: "'", end: index + 1 };
    if (openDoubles > 0) {
      openDoubles -= 1;
      return { text: '”', end: index + 2 };
    }
    return { text: /\d/.test(source[index - 1] ?? '') ? '″' : '”', end: index + 2 };
  }

  function dashes(index: number): { text: string; end: number } {
    let end = index;
    while (source[end] === '-') end += 1;
    const length = end - index;
    return { text: length === 2 ? '–' : length === 3 ? '—' : source.slice(index, end), end };
  }
}

/** A tie stands between two words (`Fig.~1`, `AT~2018cow`); `~100`, `z~2` and `/~gould` do not mean one. */
function isTie(source: string, index: number): boolean {
  const before = source.slice(Math.max(0, index - 2), index);
  const after = source[index + 1] ?? ' ';
  if (!/[\p{L}\p{N}.,:;)\]}$'`]$/u.test(before) || !/[\p{L}\p{N}$\\([{`'"]/u.test(after)) return false;
  return !(/^[^\p{L}\p{N}]?\p{L}$/u.test(before) && /\d/.test(after));
}
