import { categorySpellings } from '../domain/category-spellings.ts';

/**
 * Categories that are meant, in lower case.
 * - `code`: exactly this one
 * - `archive`: this one and all below it (`cs` and `cs.*` mean every `cs.…`; `hep-th` has none below and is itself)
 * - `prefix`: every code that begins so (`cs.l*`)
 */
export type CategoryPattern = { readonly code: string; readonly reach: 'code' | 'archive' | 'prefix' };

/** arXiv has fewer than two hundred categories, and people write the same ones. */
const mostRemembered = 1_000;
const remembered = new Map<string, CategoryPattern | null>();

/**
 * `cs.LG`, `cs.*`, `cs`, `hep-th`, `physics.a*` in any case; null for what cannot be a category. Codes that mean the same give the same
 * pattern: `cs.SY` that of `eess.SY`, `math.MP` that of `math-ph`, the archive `cmp-lg` that of `cs.CL`.
 */
export function parseCategoryPattern(text: string): CategoryPattern | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const read = readPattern(text);
  if (remembered.size === mostRemembered) remembered.clear();
  remembered.set(text, read);
  return read;
}

function readPattern(text: string): CategoryPattern | null {
  const parts = /^([a-z][a-z-]*)(?:(\.)([a-z-]*))?(\*)?$/.exec(text.trim().toLowerCase());
  if (parts === null) return null;
  const [, archive = '', dot, below = '', star] = parts;
  const isPrefix = star !== undefined && (dot === undefined || below !== '');
  if (isPrefix) return { code: dot === undefined ? archive : `${archive}.${below}`, reach: 'prefix' };
  if (star === undefined && dot !== undefined && below === '') return null;
  const [code = ''] = categorySpellings(below === '' ? archive : `${archive}.${below}`);
  return { code, reach: code.includes('.') ? 'code' : 'archive' };
}

/** Whether a category code (in any case), or another code that means the same, is one of those meant. */
export function matchesCategory(pattern: CategoryPattern, category: string): boolean {
  return categorySpellings(category).some((code) => {
    switch (pattern.reach) {
      case 'code':
        return code === pattern.code;
      case 'archive':
        return code === pattern.code || code.startsWith(`${pattern.code}.`);
      default:
        return code.startsWith(pattern.code);
    }
  });
}
