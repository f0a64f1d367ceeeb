import { categories, isAnnounced } from './taxonomy.ts';
import type { Category } from './taxonomy.ts';

export type SuggestedCategory = { readonly code: string; readonly name: string };

/**
 * Categories to choose from while one is typed, at most `limit`, each once and under the code that arXiv lists it under: first the one
 * whose code that is, then those whose code (`cs.d`) or part below the archive (`lg`) begins so, then those where every typed word begins
 * one of the code or the name (`machine lea`, `stat ml`). Other codes lead there too: `cs.sy` to `eess.SY`, `cmp-lg` to `cs.CL`.
 *
 * Where they fit alike they come in the order of their codes; nothing typed fits all alike. Cost: one look at each of 184 categories.
 */
export function suggestCategories(typed: string, limit: number): SuggestedCategory[] {
  const sought = typed.trim().toLowerCase();
  // With a dot it is a code: `cs.sy` does not mean the systems of computer science.
  const words = sought.includes('.') ? [] : wordsOf(sought);
  const ranks = new Map<string, number>();
  for (const [lowerCode, category] of categories) {
    const rank = rankOf(lowerCode, category, sought, words);
    if (rank === null) continue;
    ranks.set(category.canonical, Math.min(rank, ranks.get(category.canonical) ?? rank));
  }
  return [...ranks]
    .toSorted(([codeA, a], [codeB, b]) => a - b || (codeA < codeB ? -1 : 1))
    .flatMap(([code]) => {
      const category = categories.get(code.toLowerCase());
      return category !== undefined && isAnnounced(code) ? [{ code, name: category.name }] : [];
    })
    .slice(0, limit);
}

/** How well a category fits, 0 best; null where it does not. */
function rankOf(
  lowerCode: string,
  { code, name, canonical, isActive }: Category,
  sought: string,
  words: readonly string[],
): number | null {
  if (lowerCode === sought) return 0;
  if (lowerCode.startsWith(sought)) return canonical === code ? 1 : 2;
  const below = lowerCode.split('.')[1];
  if (below === sought) return 1;
  if (below?.startsWith(sought)) return 2;
  const named = wordsOf(`${isActive ? lowerCode : ''} ${name.toLowerCase()}`);
  return words.length > 0 && words.every((word) => named.some((one) => one.startsWith(word))) ? 3 : null;
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
