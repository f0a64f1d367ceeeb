import { canonicalCategory } from './category-alias.ts';

/** Codes as a source lists them, primary first, under the names of arXiv's pages: feeds and OAI-PMH give both names of one category. */
export function canonicalCategories(codes: readonly string[]): readonly string[] {
  return [...new Set(codes.map((code) => canonicalCategory(code.trim())).filter((code) => code !== ''))];
}
