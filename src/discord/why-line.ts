import { paperFields } from '../domain/match.ts';
import type { Evidence, PaperField } from '../domain/match.ts';
import type { ShownPaper } from './embed-paper.ts';
import { bold, fitMarkdown, oneLine } from './markdown.ts';
import { relevanceText } from './relevance-text.ts';
import { lengthOf } from './shorten.ts';

const mostTerms = 3;
const longestTerm = 60;

/**
 * Why a paper is shown, as Markdown: “Why: **federated learning** in the title and abstract; related: **gossip** in the abstract”, and how
 * it compares with others (“· more relevant than 93 % of recent cs.DC papers”). What speaks against it is no reason and is left out.
 * The strongest three terms, what the subscriber wrote before what was learned, fewer where `max` code points ask for it, and rather one of them than the comparison; empty without either.
 */
export function whyLine({ evidence, relevance }: Pick<ShownPaper, 'evidence' | 'relevance'>, max: number): string {
  const fields = new Map<string, Set<PaperField>>();
  for (const { term, field } of evidence.filter(({ weight }) => weight >= 0).toSorted(byImportance)) {
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

/** Words that were written and found, then learned ones, then what weighs nothing: authors, categories. */
function byImportance(a: Evidence, b: Evidence): number {
  return rankOf(a) - rankOf(b) || b.weight - a.weight;
}

function rankOf({ term, weight }: Evidence): number {
  return weight === 0 ? 2 : originOf(term) === '' ? 0 : 1;
}

/** `related: ` or `learned: `; empty for what the subscriber wrote. */
function originOf(term: string): string {
  return /^(?:related|learned): /.exec(term)?.[0] ?? '';
}

type Found = readonly [term: string, fields: ReadonlySet<PaperField>];

function places(terms: readonly Found[]): string {
  const byOrigin = Map.groupBy(terms, ([term]) => originOf(term));
  return [...byOrigin].map(([origin, some]) => `${origin}${placesOf(some, origin)}`).join('; ');
}

/** Terms found in the same places share their mention. */
function placesOf(terms: readonly Found[], origin: string): string {
  const byPlace = new Map<string, string[]>();
  for (const [term, fields] of terms) {
    const shown = bold(fitMarkdown(oneLine(term.slice(origin.length)), longestTerm));
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
