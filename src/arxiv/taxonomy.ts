import taxonomyFile from '../../config/categories.json' with { type: 'json' };

/** A category as arXiv's taxonomy has it. */
export type Category = {
  /** In arXiv's own spelling: `cs.DC`, `cond-mat.soft`, `hep-th`. */
  readonly code: string;
  readonly name: string;
  /** The code arXiv lists it under: its own, but `eess.SY` for `cs.SY` and `cs.CL` for `cmp-lg`. */
  readonly canonical: string;
  /** False where no paper is announced any more. */
  readonly isActive: boolean;
};

const canonicalCodes: Readonly<Record<string, string>> = taxonomyFile.canonical;
const inactiveCodes: ReadonlySet<string> = new Set(taxonomyFile.inactive);

/** Every category by its code in lower case, in the order of their codes. Source: config/categories.json. */
export const categories: ReadonlyMap<string, Category> = new Map(
  Object.entries(taxonomyFile.categories)
    .map(([code, name]) => ({
      code,
      name,
      canonical: canonicalCodes[code] ?? code,
      isActive: !inactiveCodes.has(code),
    }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map((category) => [category.code.toLowerCase(), category]),
);

/** Every archive by its id, also those that others took up; `start` is the month of its first papers (`1993-01`). */
export const archives: ReadonlyMap<string, { readonly name: string; readonly group: string; readonly start: string }> =
  new Map(Object.entries(taxonomyFile.archives));

/** What arXiv calls a category or an archive, its code in any case: `Computer Science` for `cs`; null for what it does not have. */
export function categoryName(code: string): string | null {
  const written = code.toLowerCase();
  return (categories.get(written) ?? archives.get(written))?.name ?? null;
}

/** Whether arXiv announces papers under this code, in any case: not where it only leads to another one, nor for a whole archive. */
export function isAnnounced(code: string): boolean {
  const category = categories.get(code.toLowerCase());
  return category !== undefined && category.isActive && category.canonical === category.code;
}
