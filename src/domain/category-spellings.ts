import taxonomyFile from '../../config/categories.json' with { type: 'json' };

/** Codes that arXiv lists under another one, in lower case: `cs.sy` → `eess.sy`, `cmp-lg` → `cs.cl`. Source: config/categories.json. */
const canonicalCodes: ReadonlyMap<string, string> = new Map(
  Object.entries(taxonomyFile.canonical).map(([code, canonical]) => [code.toLowerCase(), canonical.toLowerCase()]),
);

const spellings: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(canonicalCodes.values())].flatMap((canonical) => {
    const aliases = [...canonicalCodes].filter(([, other]) => other === canonical).map(([alias]) => alias);
    const all = [canonical, ...aliases];
    return all.map((code) => [code, all] as const);
  }),
);

/**
 * All codes that mean the same category, in lower case, first the one that arXiv lists it under: `eess.sy` and `cs.sy` for either of them.
 * A paper in `eess.SY` is thus one of `cs.*` too, as in arXiv's own listing of cs.
 */
export function categorySpellings(code: string): readonly string[] {
  const written = code.toLowerCase();
  return spellings.get(written) ?? [written];
}
