/** A formula inside prose: `start` to `end` (UTF-16, `end` exclusive) with its marks, `formula` without them. */
export type MathSpan = { readonly start: number; readonly end: number; readonly formula: string };

const environments = 'equation|align|eqnarray|gather|multline|displaymath|math';

/**
 * Where the formulas of a text are, in order: `$…$`, `$$…$$`, `\(…\)`, `\[…\]` (the four that arXiv's pages typeset) and
 * equation environments. `\$` is a dollar; a `$` without a partner, or one that means money, is text.
 *
 * Linear in the length of the text, whatever it holds.
 */
export function findMath(source: string): MathSpan[] {
  const spans: MathSpan[] = [];
  const absent = new Set<string>();
  const isOdd = (source.match(/(?<!\\)\$/g)?.length ?? 0) % 2 === 1;
  /** Index of `mark` from `from` on; a mark once found missing is not looked for again. */
  const find = (mark: string, from: number): number => {
    if (absent.has(mark)) return -1;
    const at = source.indexOf(mark, from);
    if (at < 0) absent.add(mark);
    return at;
  };

  const openings = new RegExp(String.raw`\\begin\{((?:${environments})\*?)\}|\\[([]|\\[^([]|\$\$?`, 'gs');
  for (let found = openings.exec(source); found !== null; found = openings.exec(source)) {
    const opening = found[0];
    const start = found.index;
    const inside = start + opening.length;
    const span = opening.startsWith('$')
      ? dollars(source, start, opening, isOdd, find)
      : brackets(start, inside, found[1]);
    if (span === null) {
      // "$$" that opens nothing may still be a "$" that does: look again from its second sign.
      if (opening === '$$') openings.lastIndex = start + 1;
      continue;
    }
    spans.push(span);
    openings.lastIndex = span.end;
  }
  return spans;

  function brackets(start: number, inside: number, environment: string | undefined): MathSpan | null {
    const closing =
      environment !== undefined ? `\\end{${environment}}` : { '\\(': '\\)', '\\[': '\\]' }[source.slice(start, inside)];
    if (closing === undefined) return null;
    const at = find(closing, inside);
    if (at < 0) return null;
    return { start, end: at + closing.length, formula: source.slice(inside, at) };
  }
}

function dollars(
  source: string,
  start: number,
  mark: string,
  isOdd: boolean,
  find: (mark: string, from: number) => number,
): MathSpan | null {
  const inside = start + mark.length;
  let at = find(mark, inside);
  while (at > 0 && isEscaped(source, at)) at = find(mark, at + 1);
  if (at < 0) return null;
  if (mark === '$') at = closingOutsideText(source, inside, at);
  const formula = source.slice(inside, at);
  if (formula.trim() === '' || /\n\s*\n/.test(formula)) return null;
  if (isProse(formula) && !(isPhrase(formula) && !/[\p{L}\p{N}]/u.test(source[at + 1] ?? ''))) return null;
  // With a dollar too many, a formula with blanks at its edge is taken for the text between two formulas.
  if (isOdd && formula.trim() !== formula) return null;
  return { start, end: at + mark.length, formula };
}

/** Whether a formula is, or holds, words in a font: what can then be read as prose where it cannot be read as a formula. */
export function holdsWords(formula: string): boolean {
  return /\\(?:text[a-z]*|mbox|hbox|emph|url|href|tt|bf|it|rm|sf|sc|em)(?![A-Za-z])/.test(formula);
}

/**
 * Whether a formula is words alone, as people set their systems' names in (`$\underline{G}rammar \underline{E}valuation$`): as a formula it
 * would lose its blanks.
 */
export function isWords(formula: string): boolean {
  if (formula.length > 500) return false;
  const words = formula
    .replaceAll(/\\href\s*\{[^{}]*\}/g, '')
    .replaceAll(/\\(?:underline|uline|text(?:bf|it|tt|sf|sc|rm)?|emph|mbox)(?=\s*\{)/g, '')
    .replaceAll(/[{}]/g, '');
  return /^[\p{L}\p{N}\s\-–(),.:;'"]+$/u.test(words) && /\p{L}{3,}\s+\p{L}{2,}/u.test(words);
}

const textCommand = /\\(?:text[a-z]*|mbox|hbox|emph)\s*\{/;
/** Dollars inside of one formula's words that are looked at: each makes the search longer for every `\text{` that never closes. */
const mostInnerDollars = 8;

/**
 * The dollar that closes a formula whose words hold formulas of their own, as `\textbf{28\%$\rightarrow$71\%}` does: the first at
 * which the braces are closed again. `first` where there is none in the same paragraph.
 */
function closingOutsideText(source: string, inside: number, first: number): number {
  if (!textCommand.test(source.slice(inside, first))) return first;
  let open = 0;
  let dollarsSeen = 0;
  for (let at = inside; at < source.length && dollarsSeen <= mostInnerDollars; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '{') open += 1;
    else if (character === '}') open -= 1;
    else if (character === '$') {
      if (at >= first && open <= 0) return at;
      dollarsSeen += 1;
    } else if (character === '\n' && /^\n\s*\n/.test(source.slice(at, at + 20))) break;
  }
  return first;
}

function isEscaped(source: string, at: number): boolean {
  let backslashes = 0;
  while (source[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** "$5 million to $10 million": words in a row, or an amount, and no sign of TeX. */
function isProse(formula: string): boolean {
  const text = formula.slice(0, 200).replaceAll(/\\[$%&#]/g, '');
  if (/[\\^_{}=]/.test(text)) return false;
  return (
    /\p{L}{3,}\s+\p{L}{2,}/u.test(text) || /^\d[\d.,]*\s?(?:million|billion|trillion|per|for|to|and|of|in)\b/.test(text)
  );
}

/** `$high recall$`: words that begin and end at their dollars, which money never does. */
function isPhrase(formula: string): boolean {
  return formula.length <= 100 && /^\p{L}.*[\p{L}\p{N})]$/su.test(formula);
}
