import type { ShownPaper } from './embed-paper.ts';
import { fitMarkdown } from './markdown.ts';

/** Categories named one by one; beyond, a number. */
const namedCategories = 2;

/**
 * How a paper compares with others, as Markdown: “more relevant than 93 % of recent cs.DC papers”. Rounded down, and with a decimal where
 * it is nearly all, so that it never says too much. Empty where that is not known, or is nothing.
 */
export function relevanceText(relevance: ShownPaper['relevance']): string {
  if (!relevance) return '';
  const { percentile, categories } = relevance;
  const whole = Math.floor(percentile * 100);
  if (whole < 1) return '';
  const share = whole < 99 ? String(whole) : Math.min(99.9, Math.floor(percentile * 1_000) / 10).toFixed(1);
  return `more relevant than ${share} % of recent ${papersOf(categories)}`;
}

function papersOf(categories: readonly string[]): string {
  if (categories.length === 0) return 'papers';
  if (categories.length > namedCategories) return `papers of ${categories.length} categories`;
  return `${categories.map((category) => fitMarkdown(category, 20)).join(' and ')} papers`;
}
