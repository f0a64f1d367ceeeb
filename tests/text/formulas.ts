import { readable } from '../../src/text/tex.ts';

const between = /(?<!\\)\$\$([^$]+)\$\$|(?<!\\)\$((?:\\\$|[^$])+)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]/gs;

/** The distinct formulas of some texts, however their lines were broken; found by the four pairs of marks alone, not as we find them. */
export function formulasOf(texts: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [, ...inside] of text.matchAll(between))
      found.add((inside.find((part) => part !== undefined) ?? '').trim().replaceAll(/\s+/g, ' '));
  }
  return found;
}

/** Whether a reader sees a sign of TeX in a formula. Set braces count, though a reader rightly sees them. */
export function showsTex(formula: string): boolean {
  return /\\[A-Za-z]|[{}$]/.test(readable(`$${formula}$`));
}
