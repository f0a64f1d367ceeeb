import temml from 'temml';
import { mathmlToLine } from './mathml-lines.ts';
import { authorMacros, bracketMacros, refusedCommands } from './tex-macros.ts';
import { mendedFormula, preparedFormula, withoutCommand } from './tex-formula-source.ts';

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
  const source = preparedFormula(formula);
  const line = lineOf(source, strict);
  if (line !== null || strict) return line;
  const whole = mendedFormula(source);
  return whole === source ? null : lineOf(whole, strict);
}

function lineOf(prepared: string, strict: boolean): string | null {
  const macros = /\\la(?![A-Za-z])/.test(prepared) && /\\ra(?![A-Za-z])/.test(prepared) ? bracketMacros : {};
  let source = prepared;
  for (let unknown = 0; unknown <= mostUnknownCommands; unknown += 1) {
    try {
      const options = { throwOnError: true, displayMode: true, macros: { ...authorMacros, ...macros } } as const;
      // oxlint-disable-next-line no-underscore-dangle -- Temml's own name for it
      return mathmlToLine(temml.__renderToMathMLTree(source, options));
    } catch (thrown) {
      const command = thrown instanceof Error ? unknownCommand.exec(thrown.message)?.[1] : undefined;
      if (command === undefined || strict) return null;
      source = withoutCommand(source, command);
    }
  }
  return null;
}

const unknownCommand = /Unsupported function name: (\\[A-Za-z]+)/;

function nesting(formula: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of formula) {
    if (character === '{') deepest = Math.max(deepest, (depth += 1));
    else if (character === '}') depth -= 1;
  }
  return deepest;
}
