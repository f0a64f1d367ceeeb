import temml from 'temml';
import { mathmlToLine } from './mathml-lines.ts';
import { authorMacros, bracketMacros, refusedCommands } from './tex-macros.ts';

/** Longer formulas, and deeper ones, are shown as they were written: Temml recurses. */
const longestFormula = 2_000;
const deepestNesting = 30;
const mostUnknownCommands = 12;

/**
 * The same formulas come again and again within a day (`n`, `\Delta`, `10^5`), and each paper is shown more than once: what was rendered
 * lately is kept. A formula takes Temml 0.15 ms (2026-11, 2 shared cores), a look here none.
 */
const rendered = new Map<string, string | null>();
const mostRendered = 2_000;

/**
 * A formula without its marks as Unicode; null where Temml cannot read it.
 * Commands it does not know are shown by their name; `strict` makes them a failure instead.
 */
export function formulaToUnicode(formula: string, strict = false): string | null {
  if (formula.length > longestFormula || nesting(formula) > deepestNesting) return null;
  const key = `${strict ? 's' : 'l'}${formula}`;
  const known = rendered.get(key);
  if (known !== undefined) return known;
  const line = attempt(formula, strict);
  if (rendered.size >= mostRendered) {
    const oldest = rendered.keys().next().value;
    if (oldest !== undefined) rendered.delete(oldest);
  }
  if (formula.length <= 200) rendered.set(key, line);
  return line;
}

function attempt(formula: string, strict: boolean): string | null {
  if (refusedCommands.test(formula)) return null;
  const macros = /\\la(?![A-Za-z])/.test(formula) && /\\ra(?![A-Za-z])/.test(formula) ? bracketMacros : {};
  let source = prepared(formula);
  for (let unknown = 0; unknown <= mostUnknownCommands; unknown += 1) {
    try {
      const options = { throwOnError: true, displayMode: true, macros: { ...authorMacros, ...macros } } as const;
      // oxlint-disable-next-line no-underscore-dangle -- Temml's own name for it
      return mathmlToLine(temml.__renderToMathMLTree(source, options));
    } catch (thrown) {
      const command =
        thrown instanceof Error ? /Unsupported function name: (\\[A-Za-z]+)/.exec(thrown.message)?.[1] : undefined;
      if (command === undefined || strict) return null;
      source = withoutCommand(source, command);
    }
  }
  return null;
}

/** What means something in a paper but nothing, or something else, to a reader of one line. */
function prepared(formula: string): string {
  return (
    formula
      .replaceAll(
        /\\(?:label|tag\*?|cite[a-z]*|ref|eqref)\s*\{[^{}]*\}|\\(?:nonumber|notag|boldmath|displaystyle|limits|nolimits)(?![A-Za-z])/g,
        ' ',
      )
      .replaceAll(
        /\\unicode\s*\{\s*(?:x([\dA-Fa-f]{2,6})|(\d{2,7}))\s*\}/g,
        (whole: string, hex?: string, decimal?: string) =>
          signText(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) ?? whole,
      )
      // An address is no formula; of other links the text is one.
      .replaceAll(/\\href\s*\{[^{}]*\}(?=\s*\{\s*(?:https?:|www\.))/g, '\\text')
      .replaceAll(/\\href\s*\{[^{}]*\}/g, ' ')
      // `x_\rm eff` lacks the braces that Temml asks for.
      .replaceAll(/([_^])\s*(\\(?:tt|bf|it|rm|sf)(?:\s+[A-Za-z0-9]+|\s*\{[^{}]*\}))/g, '$1{$2}')
      .replaceAll(/(?<!\\)[%#]/g, '\\$&')
  );
}

/** MathJax's `\unicode{x2014}` as text; null for what is no sign of its own, or one of TeX's. */
function signText(codePoint: number): string | null {
  if (codePoint > 0x10_ff_ff) return null;
  const sign = String.fromCodePoint(codePoint);
  if (/[\p{C}\\{}$&#_^~]/u.test(sign)) return null;
  return `\\text{${sign}}`;
}

/** An unknown command with an argument is taken for a font, one without (or with empty braces) for a name. */
function withoutCommand(source: string, command: string): string {
  const name = command.slice(1);
  const shown = name.length > 2 ? `\\operatorname{${name}}` : `\\mathrm{${name}}`;
  return source
    .replaceAll(new RegExp(`\\\\${name}(?![A-Za-z])\\s*(?=\\{(?!\\s*\\}))`, 'g'), ' ')
    .replaceAll(new RegExp(`\\\\${name}(?![A-Za-z])`, 'g'), () => shown);
}

function nesting(formula: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of formula) {
    if (character === '{') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}') depth -= 1;
  }
  return deepest;
}
