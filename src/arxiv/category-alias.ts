import { categories } from './taxonomy.ts';

/**
 * The code under which arXiv lists a category: `eess.SY` for `cs.SY`, `cs.CL` for `cmp-lg`, an archive of the nineties. Any other code
 * as it is, also one that arXiv has added since.
 */
export function canonicalCategory(code: string): string {
  return categories.get(code.toLowerCase())?.canonical ?? code;
}
