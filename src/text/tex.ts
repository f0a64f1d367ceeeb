import { expandTex } from './tex-expand.ts';
import { formulaToUnicode } from './tex-formula.ts';
import { readProse } from './tex-prose.ts';
import { refusedCommands } from './tex-macros.ts';
import { findMath, holdsWords, isWords } from './tex-spans.ts';

/** An abstract of 1,920 characters holds a few dozen formulas; a text with more work than this is none, and the rest of it stays as written. */
const mostFormulas = 1_000;
const mostFormulaCharacters = 20_000;

/**
 * TeX as arXiv's metadata has it, as a reader sees it: `O$(n\Delta^3)$` → `O(nΔ³)`, `50\%` → `50%`, ``` ``slowest'' ``` → “slowest”,
 * `Schr\"odinger` → Schrödinger. Words between dollars that are no formula (`$\texttt{my_tool}$`) are read as words; a formula that cannot
 * be read stays as it was written, without its dollars.
 *
 * Never throws, whatever it is given; the work is bounded. Line breaks stay. The result is plain text: escape it before it goes into Markdown.
 */
export function readable(source: string): string {
  if (!/[\\${}`'"~^_-]/.test(source)) return source;
  let formulas = mostFormulas;
  let characters = mostFormulaCharacters;
  const toUnicode = (formula: string, strict: boolean) => {
    formulas -= 1;
    characters -= formula.length;
    return formulas < 0 || characters < 0 ? null : formulaToUnicode(formula, strict);
  };
  const showInnerSpan = (formula: string) => toUnicode(formula, false) ?? formula.trim();
  const readWords = (words: string) => readProse(words, findMath(words), { toUnicode, showSpan: showInnerSpan });
  const showSpan = (formula: string) => {
    if (isWords(formula)) return readWords(formula.trim());
    const line = toUnicode(formula, false);
    if (line !== null || !holdsWords(formula) || refusedCommands.test(formula)) return line ?? formula.trim();
    return readWords(formula.trim());
  };
  const expanded = expandTex(source);
  return tidy(source, readProse(expanded, findMath(expanded), { toUnicode, showSpan }));
}

/** Without the blanks and the second full stop that are left where markup stood between them; those that the author set stay. */
function tidy(source: string, line: string): string {
  const single = source.includes('  ') ? line : line.replaceAll(/ {2,}/g, ' ');
  const stopped = source.includes('..') ? single : single.replaceAll(/(?<!\.)\.\.(?!\.)/g, '.');
  return source.startsWith(' ') ? stopped : stopped.replace(/^ +/, '');
}
