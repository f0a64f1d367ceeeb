import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { canonicalCategory } from './category-alias.ts';

/**
 * The archives. One whose papers all bear a category below it comes with one of those, in the spelling of all of them; one that is a
 * category itself with null. Source: arxiv.org/category_taxonomy (2026-11).
 */
const archives: ReadonlyMap<string, string | null> = new Map([
  ['astro-ph', 'GA'],
  ['cond-mat', 'soft'],
  ['cs', 'DC'],
  ['econ', 'EM'],
  ['eess', 'SP'],
  ['gr-qc', null],
  ['hep-ex', null],
  ['hep-lat', null],
  ['hep-ph', null],
  ['hep-th', null],
  ['math', 'NT'],
  ['math-ph', null],
  ['nlin', 'CD'],
  ['nucl-ex', null],
  ['nucl-th', null],
  ['physics', 'optics'],
  ['q-bio', 'NC'],
  ['q-fin', 'PM'],
  ['quant-ph', null],
  ['stat', 'ML'],
]);

/** Why a text is no category. `archive` is in lower case. */
export type CategoryProblem =
  | { readonly kind: 'unknown-archive'; readonly archive: string }
  /** An archive where one of its categories was wanted, such as `example`. */
  | { readonly kind: 'whole-archive'; readonly archive: string; readonly example: string }
  /** Something below an archive that is a category itself. */
  | { readonly kind: 'undivided-archive'; readonly archive: string }
  | { readonly kind: 'no-category' };

/**
 * One category code, written in any case, in arXiv's own spelling: the one it lists an alias under (`cs.sy` gives `eess.SY`).
 * The form is checked, not whether arXiv has such a category: it adds some now and then.
 */
export function parseCategory(written: string): Result<string, CategoryProblem> {
  const [archive = '', below, ...rest] = written.toLowerCase().split('.');
  const example = archives.get(archive);
  if (example === undefined) return err({ kind: 'unknown-archive', archive });
  if (example === null) return below === undefined ? ok(archive) : err({ kind: 'undivided-archive', archive });
  if (below === undefined) return err({ kind: 'whole-archive', archive, example: `${archive}.${example}` });
  const wellFormed = isUpper(example) ? /^[a-z]{2}$/.test(below) : /^[a-z]+(?:-[a-z]+)*$/.test(below);
  if (!wellFormed || rest.length > 0) return err({ kind: 'no-category' });
  return ok(canonicalCategory(`${archive}.${spelled(below, example)}`));
}

/**
 * A pattern of categories as people write it, in arXiv's spelling: a category (`cs.dc` gives `cs.DC`), an archive (`cs`, `CS.*`), or
 * the categories of an archive that begin alike (`cs.l*` gives `cs.L*`). Blanks around it do not count.
 *
 * Null for everything else, also for a pattern across archives (`hep-*`): no one listing would cover it.
 */
export function categoryPattern(text: string): string | null {
  const written = text.trim().toLowerCase();
  const [, archive, start] = /^([^.*]+)\.([^.*]*)\*$/.exec(written) ?? [];
  if (archive === undefined || start === undefined) {
    const category = parseCategory(written);
    if (category.ok) return category.value;
    return category.error.kind === 'whole-archive' ? category.error.archive : null;
  }
  const example = archives.get(archive);
  if (example === undefined) return null;
  if (example === null) return start === '' ? archive : null;
  const wellFormed = isUpper(example) ? /^[a-z]{0,2}$/.test(start) : /^(?:[a-z]+(?:-[a-z]+)*-?)?$/.test(start);
  return wellFormed ? `${archive}.${spelled(start, example)}*` : null;
}

/** The archive or category whose listing covers a pattern as people write it: `cs.DC` for `cs.dc`, `cs` for `cs.L*`; null for no pattern. */
export function listingCode(pattern: string): string | null {
  return categoryPattern(pattern)?.replace(/\..*\*$/, '') ?? null;
}

function isUpper(example: string): boolean {
  return example === example.toUpperCase();
}

function spelled(below: string, example: string): string {
  return isUpper(example) ? below.toUpperCase() : below;
}
