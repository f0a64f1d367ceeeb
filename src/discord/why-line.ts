import { paperFields } from '../domain/match.ts';
import type { PaperField } from '../domain/match.ts';
import type { ShownPaper } from './embed-paper.ts';
import { bold, fitMarkdown, oneLine } from './markdown.ts';
import { relevanceText } from './relevance-text.ts';
import { lengthOf } from './shorten.ts';

const mostTerms = 3;
const longestTerm = 60;

/**
 * Why a paper is shown, as Markdown: “Why: **federated learning** in the title and abstract, **privacy** in the abstract”, and how it
 * compares with others (“· more relevant than 93 % of recent cs.DC papers”).
 * The strongest three terms, fewer where `max` code points ask for it, and rather one of them than the comparison; empty without either.
 */
export function whyLine({ evidence, relevance }: Pick<ShownPaper, 'evidence' | 'relevance'>, max: number): string {
  const fields = new Map<string, Set<PaperField>>();
  for (const { term, field } of evidence.toSorted((a, b) => b.weight - a.weight)) {
    if (!fields.has(term) && fields.size === mostTerms) continue;
    fields.set(term, (fields.get(term) ?? new Set<PaperField>()).add(field));
  }
  const compared = relevanceText(relevance);
  for (const end of compared === '' ? [''] : [` · ${compared}`, '']) {
    for (let shown = fields.size; shown > 0; shown -= 1) {
      const line = `Why: ${places([...fields].slice(0, shown))}${end}`;
      if (lengthOf(line) <= max) return line;
    }
  }
  // Nothing but its place among the others speaks for it.
  return fields.size === 0 && compared !== '' && lengthOf(compared) <= max
    ? `${compared.slice(0, 1).toUpperCase()}${compared.slice(1)}`
    : '';
}

/** Terms found in the same places share their mention. */
function places(terms: readonly (readonly [string, ReadonlySet<PaperField>])[]): string {
  const byPlace = new Map<string, string[]>();
  for (const [term, fields] of terms) {
    const shown = bold(fitMarkdown(oneLine(term), longestTerm));
    const place = placeOf(fields);
    if (shown !== '') byPlace.set(place, [...(byPlace.get(place) ?? []), shown]);
  }
  return [...byPlace].map(([place, shown]) => `${shown.join(' and ')} ${place}`).join(', ');
}

const words: Readonly<Record<PaperField, string>> = {
  title: 'in the title',
  abstract: 'in the abstract',
  author: 'among the authors',
  cat: 'as a category',
  id: 'as its number',
  comments: 'in the comments',
};

function placeOf(fields: ReadonlySet<PaperField>): string {
  if (fields.has('title') && fields.has('abstract')) return 'in the title and abstract';
  const [field] = paperFields.filter((candidate) => fields.has(candidate));
  return field === undefined ? '' : words[field];
}
