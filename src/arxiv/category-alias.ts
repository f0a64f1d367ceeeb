/** Two names of one category; arXiv's pages know only the second. Source: arxiv-base, `CATEGORY_ALIASES` (2026-11). */
const aliases: ReadonlyMap<string, string> = new Map([
  ['cs.NA', 'math.NA'],
  ['cs.SY', 'eess.SY'],
  ['math.IT', 'cs.IT'],
  ['math.MP', 'math-ph'],
  ['q-fin.EC', 'econ.GN'],
  ['stat.TH', 'math.ST'],
]);

/** The code under which arXiv lists a category: `eess.SY` for `cs.SY`; any other code as it is. */
export function canonicalCategory(code: string): string {
  return aliases.get(code) ?? code;
}
