import { canonicalCategory } from '../arxiv/category-alias.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';

/**
 * Archives whose papers all bear a category below them, each with one of those, in the spelling of all of them.
 * Source: arxiv.org/category_taxonomy (2026-11).
 */
const divided: ReadonlyMap<string, string> = new Map([
  ['astro-ph', 'GA'],
  ['cond-mat', 'soft'],
  ['cs', 'DC'],
  ['econ', 'EM'],
  ['eess', 'SP'],
  ['math', 'NT'],
  ['nlin', 'CD'],
  ['physics', 'optics'],
  ['q-bio', 'NC'],
  ['q-fin', 'PM'],
  ['stat', 'ML'],
]);

/** Archives that are a category themselves. */
const whole: ReadonlySet<string> = new Set([
  'gr-qc',
  'hep-ex',
  'hep-lat',
  'hep-ph',
  'hep-th',
  'math-ph',
  'nucl-ex',
  'nucl-th',
  'quant-ph',
]);

/** Reads categories between commas or blanks, in any case: `CS.dc, hep-th` gives `['cs.DC', 'hep-th']`. Else a sentence. */
export function readCategories(text: string): Result<string[], string> {
  const codes: string[] = [];
  for (const written of text.split(/[\s,;]+/).filter((part) => part !== '')) {
    const code = readCategory(written);
    if (!code.ok) return code;
    if (!codes.includes(code.value)) codes.push(code.value);
  }
  return ok(codes);
}

/** One category code in arXiv's own spelling, the one it lists an alias under; else a sentence that says what is wrong. */
export function readCategory(written: string): Result<string, string> {
  const [archive = '', below, ...rest] = written.toLowerCase().split('.');
  if (whole.has(archive)) {
    return below === undefined
      ? ok(archive)
      : err(`\`${archive}\` has no categories below it; please write just \`${archive}\`.`);
  }
  const example = divided.get(archive);
  if (example === undefined) return err(`arXiv has no archive “${shown(archive)}”. ${looksLike}`);
  if (below === undefined) {
    return err(`\`${archive}\` is a whole archive; please name its categories, such as \`${archive}.${example}\`.`);
  }
  const isUpper = example === example.toUpperCase();
  const wellFormed = isUpper ? /^[a-z]{2}$/.test(below) : /^[a-z]+(?:-[a-z]+)*$/.test(below);
  if (!wellFormed || rest.length > 0) return err(`“${shown(written)}” is no arXiv category. ${looksLike}`);
  return ok(canonicalCategory(`${archive}.${isUpper ? below.toUpperCase() : below}`));
}

const looksLike = 'A category looks like `cs.DC`, `cond-mat.soft` or `hep-th`.';

/** Somebody's text inside a sentence of ours: short, and without anything that Discord would format. */
function shown(text: string): string {
  return text.replace(/[^\p{L}\p{N}. -]/gu, '').slice(0, 40);
}
