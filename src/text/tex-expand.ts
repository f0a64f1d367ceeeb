import { expandUnits } from './tex-units.ts';

/**
 * Commands whose first letter is the name of an accent, and that came through a filter which took it for one: `\r{ho}` was `\rho`.
 * Counted in arXiv abstracts (2026-11).
 */
const torn = new Set(
  (
    'beta bullet cap cdot circ copyright chi cup deg delta kappa rho rightarrow tau theta times top ' +
    'upsilon varepsilon varphi varrho vartheta'
  ).split(' '),
);

/** Pifont's numerals and marks by their numbers. */
const dingbats: readonly (readonly [first: number, last: number, sign: number])[] = [
  [51, 56, 0x27_13],
  [72, 72, 0x26_05],
  [73, 73, 0x26_06],
  [108, 108, 0x25_cf],
  [110, 110, 0x25_a0],
  [172, 181, 0x24_60],
  [182, 191, 0x27_76],
  [192, 201, 0x27_80],
  [202, 211, 0x27_8a],
];

/**
 * TeX for TeX: commands that mean the same in text and in formulas are replaced by what they print. `\SI{5}{\giga\hertz}`, `\ding{182}` → ❶,
 * `\char"0995` → ক, `\r{ho}` → `{\rho}`, `\ion{H}{ii}` and `H\,{\sc ii}` → `H\,II`. Linear.
 */
export function expandTex(source: string): string {
  if (!source.includes('\\')) return source;
  return expandUnits(source)
    .replaceAll(/\\([vucdbkrt])\{([a-z]{2,})\}/g, (whole, first: string, rest: string) =>
      torn.has(first + rest) ? `{\\${first}${rest}}` : whole,
    )
    .replaceAll(/\\lq\s*\\lq(?![A-Za-z])\s?/g, '``')
    .replaceAll(/\\rq\s*\\rq(?![A-Za-z])/g, "''")
    .replaceAll(/\\ding\s*\{(\d{2,3})\}/g, (whole, number: string) => dingbat(Number(number)) ?? whole)
    .replaceAll(/\\char(?:"([\dA-F]{2,5})|(\d{2,6}))(?!\d)\s?/g, (whole, hex?: string, decimal?: string) =>
      signOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), whole),
    )
    .replaceAll(
      /\\ion\s*\{([A-Z][a-z]?)\}\s*\{([ivxIVX]+)\}/g,
      (_, element: string, stage: string) => `${element}\\,\\text{${stage.toUpperCase()}}`,
    )
    .replaceAll(
      /(?:\\(?:textsc|textsmall)\s*\{\s*([ivx]+)\s*\}|\{\s*\\(?:sc|small|scriptsize|scshape)\s+([ivx]+)\s*\})/g,
      (_, named?: string, grouped?: string) => `\\text{${(named ?? grouped ?? '').toUpperCase()}}`,
    );
}

function dingbat(number: number): string | null {
  const row = dingbats.find(([first, last]) => number >= first && number <= last);
  return row === undefined ? null : String.fromCodePoint(row[2] + number - row[0]);
}

/** The character of that code; `otherwise` where it is none that is seen, or one of TeX's. */
function signOf(codePoint: number, otherwise: string): string {
  if (codePoint > 0x10_ff_ff) return otherwise;
  const sign = String.fromCodePoint(codePoint);
  return /[\p{C}\s\\{}$&#%_^~]/u.test(sign) ? otherwise : sign;
}
