/**
 * Categories that are meant, in lower case.
 * - `code`: exactly this one
 * - `archive`: this one and all below it (`cs` and `cs.*` mean every `cs.…`; `hep-th` has none below and is itself)
 * - `prefix`: every code that begins so (`cs.l*`)
 */
export type CategoryPattern = { readonly code: string; readonly reach: 'code' | 'archive' | 'prefix' };

/** `cs.LG`, `cs.*`, `cs`, `hep-th`, `physics.a*` in any case; null for what cannot be a category. */
export function parseCategoryPattern(text: string): CategoryPattern | null {
  const parts = /^([a-z][a-z-]*)(?:(\.)([a-z-]*))?(\*)?$/.exec(text.trim().toLowerCase());
  if (parts === null) return null;
  const [, archive = '', dot, below = '', star] = parts;
  if (dot === undefined) return { code: archive, reach: star === undefined ? 'archive' : 'prefix' };
  if (star === undefined) return below === '' ? null : { code: `${archive}.${below}`, reach: 'code' };
  return below === '' ? { code: archive, reach: 'archive' } : { code: `${archive}.${below}`, reach: 'prefix' };
}

/** Whether a category code (in any case) is one of those meant. */
export function matchesCategory(pattern: CategoryPattern, category: string): boolean {
  const code = category.toLowerCase();
  switch (pattern.reach) {
    case 'code':
      return code === pattern.code;
    case 'archive':
      return code === pattern.code || code.startsWith(`${pattern.code}.`);
    default:
      return code.startsWith(pattern.code);
  }
}
