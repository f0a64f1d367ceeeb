import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { archives, categories, isAnnounced } from './taxonomy.ts';

/** Why a text is no category. `archive` is in lower case. */
export type CategoryProblem =
  | { readonly kind: 'unknown-archive'; readonly archive: string }
  /** An archive where one of its categories was wanted, such as `example`. */
  | { readonly kind: 'whole-archive'; readonly archive: string; readonly example: string }
  /** Something below an archive that is a category itself. */
  | { readonly kind: 'undivided-archive'; readonly archive: string }
  /** A category or an archive in which arXiv announces no papers any more. */
  | { readonly kind: 'inactive'; readonly code: string; readonly name: string }
  | { readonly kind: 'no-category' };

/**
 * One category code, written in any case, in arXiv's own spelling: the one it lists an alias, or an archive that became a category, under
 * (`cs.sy` gives `eess.SY`, `cmp-lg` gives `cs.CL`). arXiv must have it and announce papers in it; see config/categories.json.
 */
export function parseCategory(written: string): Result<string, CategoryProblem> {
  const text = written.toLowerCase();
  const category = categories.get(text);
  if (category !== undefined && isAnnounced(category.canonical)) return ok(category.canonical);

  const [archive = '', below] = text.split('.');
  const archiveName = archives.get(archive)?.name;
  if (archiveName === undefined) return err({ kind: 'unknown-archive', archive });
  const isUndivided = below !== undefined && parseCategory(archive).ok;
  if (isUndivided) return err({ kind: 'undivided-archive', archive });
  if (below === undefined || below === '*') {
    const [example] = announcedFrom(`${archive}.`);
    return err(
      example === undefined
        ? { kind: 'inactive', code: archive, name: archiveName }
        : { kind: 'whole-archive', archive, example },
    );
  }
  if (category !== undefined) return err({ kind: 'inactive', code: category.code, name: category.name });
  return err({ kind: 'no-category' });
}

/** Whether any category of arXiv's is meant, also across archives: `cs.DC`, `cs.*`, `hep-*`; not `cs.QQ`. */
export function meansCategories(text: string): boolean {
  const beginning = /^(.+)\*$/.exec(text.trim().toLowerCase())?.[1];
  return categoryPattern(text) !== null || (beginning !== undefined && announcedFrom(beginning).length > 0);
}

/**
 * A pattern of categories as people write it, in arXiv's spelling: a category (`cs.dc` gives `cs.DC`), an archive (`cs`, `CS.*`), or
 * the categories of an archive that begin alike (`cs.l*` gives `cs.L*`). Blanks around it do not count.
 *
 * Null for everything else, also for a pattern across archives (`hep-*`, `grp_physics`): no one listing would cover it.
 */
export function categoryPattern(text: string): string | null {
  const written = text.trim().toLowerCase();
  const [, archive, start] = /^([^.*]+)\.([^.*]*)\*$/.exec(written) ?? [];
  if (archive === undefined || start === undefined || start === '') {
    const category = parseCategory(archive ?? written);
    if (category.ok) return category.value;
    if (category.error.kind !== 'whole-archive') return null;
    return archive === undefined ? category.error.archive : `${archive}.*`;
  }
  const beginning = `${archive}.${start}`;
  const [first] = announcedFrom(beginning);
  if (first !== undefined) return `${first.slice(0, beginning.length)}*`;
  // Only aliases begin so: they are listed elsewhere, and one listing can be named only where there is one of them.
  const [alias, ...others] = [...categories].filter(([code]) => code.startsWith(beginning));
  return alias !== undefined && others.length === 0 && isAnnounced(alias[1].canonical) ? alias[1].canonical : null;
}

/** The archive or category whose listing covers a pattern as people write it: `cs.DC` for `cs.dc`, `cs` for `cs.L*`; null for no pattern. */
export function listingCode(pattern: string): string | null {
  return categoryPattern(pattern)?.replace(/\..*\*$/, '') ?? null;
}

/**
 * The archive or category whose listing bears that name as its heading: `cs` for `Computer Science`, `math.AG` for `Algebraic Geometry`.
 * Null for no name of arXiv's and for one that several have: `Machine Learning`, and `Physics`, an archive and the group around it.
 */
export function listingNamed(name: string): string | null {
  if (name === physics) return null;
  const announced = [...categories.values()].flatMap((one) =>
    one.name === name && isAnnounced(one.code) ? [one.code] : [],
  );
  const whole = [...archives].flatMap(([code, archive]) => (archive.name === name ? (listingCode(code) ?? []) : []));
  const [code, ...others] = new Set([...announced, ...whole]);
  return code === undefined || others.length > 0 ? null : code;
}

const physics = 'Physics';

/** Codes that begin so and under which arXiv announces papers. */
function announcedFrom(beginning: string): string[] {
  return [...categories].flatMap(([lowerCode, { code }]) =>
    lowerCode.startsWith(beginning) && isAnnounced(code) ? [code] : [],
  );
}
