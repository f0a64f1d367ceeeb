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
          return { text: tie(source, index), end: index + 1 };
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
    if (length === 2 && (isOption(source, index) || isInAddress(source, index)))
      return { text: source.slice(index, end), end };
    return { text: length === 2 ? '–' : length === 3 ? '—' : source.slice(index, end), end };
  }
}

/** `--max-iter` rather than `an aside --as here-- in a sentence`. */
function isOption(source: string, index: number): boolean {
  if (!/[\s([{`'"/]/.test(source[index - 1] ?? ' ')) return false;
  return (
    /^--[A-Za-z][\w-]*/.test(source.slice(index, index + 80)) &&
    !/[\p{L}\p{N})]--/u.test(source.slice(index + 2, index + 120))
  );
}

/** Whether the word that holds the place is an address, as `example.org/a--b` and `a--b@example.org` are. */
function isInAddress(source: string, index: number): boolean {
  const before = /\S*$/.exec(source.slice(Math.max(0, index - 100), index))?.[0] ?? '';
  const after = /^\S*/.exec(source.slice(index, index + 100))?.[0] ?? '';
  return /^[^\s$\\{}]+$/.test(before + after) && /@\w|\w\.\w[\w.]*\//.test(before + after);
}

/** What a tie is shown as: a blank, nothing where there is a blank already (`tasks~ -- ~binary`), or itself. */
function tie(source: string, index: number): string {
  if (isTie(source, index)) return ' ';
  const before = source.slice(Math.max(0, index - 3), index);
  const after = source.slice(index + 1, index + 3);
  const isLeftOver = (/[\p{L}}]$/u.test(before) && /^ [-(]/.test(after)) || (before === '-- ' && /^\p{L}/u.test(after));
  return isLeftOver ? '' : '~';
}

/** A tie stands between two words (`Fig.~1`, `AT~2018cow`); `~100`, `z~2` and `/~gould` do not mean one. */
function isTie(source: string, index: number): boolean {
  const before = source.slice(Math.max(0, index - 2), index);
  const after = source[index + 1] ?? ' ';
  if (!/[\p{L}\p{N}.,:;)\]}$'`]$/u.test(before) || !/[\p{L}\p{N}$\\([{`'"]/u.test(after)) return false;
  return !(/^[^\p{L}\p{N}]?\p{L}$/u.test(before) && /\d/.test(after));
}
