import type { Subscription } from '../domain/subscription.ts';
import { parseQuery } from '../query/parse.ts';
import { printQuery } from '../query/print.ts';

type Wanted = Pick<Subscription, 'query' | 'categories' | 'interests' | 'authors'>;

/** Categories named one by one; beyond, a number. */
const namedCategories = 6;

/**
 * What a subscription selects, as its query was read: `` `"llm serving" OR inference` in cs.DC or cs.LG ``.
 *
 * @param longest characters shown of each free text
 */
export function wishText(wanted: Wanted, longest = 500): string {
  const interests = wanted.interests === '' ? null : codeSpan(wanted.interests, longest);
  const parts = [wanted.query === '' ? everything(interests) : codeSpan(plainQuery(wanted.query), longest)];
  if (wanted.categories.length > 0) parts.push(`in ${categoriesText(wanted.categories)}`);
  if (wanted.authors.length > 0) parts.push(`by ${codeSpan(wanted.authors.join(', '), longest)}`);
  if (interests !== null && wanted.query !== '') parts.push(`with an interest in ${interests}`);
  return parts.join(' ');
}

/** Without a query the interests select; without either, nothing does. */
function everything(interests: string | null): string {
  return interests === null ? 'all papers' : `papers close to ${interests}`;
}

function categoriesText(categories: readonly string[]): string {
  const named = categories.slice(0, namedCategories);
  const others = categories.length - named.length;
  return [...named, ...(others > 0 ? [`${others} more`] : [])].join(' or ');
}

/** The same in plain text, for suggestions, which show no formatting. */
export function plainWish(wanted: Wanted): string {
  const query =
    wanted.query === '' ? (wanted.interests === '' ? 'all papers' : wanted.interests) : plainQuery(wanted.query);
  return wanted.categories.length === 0 ? query : `${query} in ${wanted.categories.join(', ')}`;
}

/** A query as it was read; as it was written where it came from elsewhere and cannot be read any more. */
export function plainQuery(query: string): string {
  const read = parseQuery(query);
  return read.ok ? printQuery(read.value) : query;
}

/** Text that Discord shows letter by letter. It has no escape for the backtick inside, so that becomes an apostrophe. */
export function codeSpan(text: string, longest: number): string {
  const points = Array.from(text.replace(/\s+/g, ' ').replaceAll('`', "'"));
  return `\`${points.length > longest ? `${points.slice(0, longest - 1).join('')}…` : points.join('')}\``;
}
