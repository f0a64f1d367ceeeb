import type { QueryError } from '../domain/search.ts';
import type { Subscription } from '../domain/subscription.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import { parseAuthorName } from '../query/author-name.ts';
import type { AuthorName } from '../query/author-name.ts';
import { parseCategoryPattern } from '../query/category-pattern.ts';
import type { CategoryPattern } from '../query/category-pattern.ts';
import { parseQuery } from '../query/parse.ts';
import { noExperience } from './experience.ts';
import type { Experience } from './experience.ts';
import { profileTerms } from './profile.ts';
import type { ProfileTerm } from './profile.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

/** A subscription read once, for any number of papers. */
export type CompiledSubscription = SubscriptionFilter & {
  readonly id: string;
  readonly terms: readonly ProfileTerm[];
  readonly experience: Experience;
  /** True where interests select because there is no query. */
  readonly interestsSelect: boolean;
};

/**
 * The error's column is 1 where a category or an author cannot be read; its message then quotes it.
 *
 * @param experience what people said of papers that it brought, and papers of the past that are likely on its subject
 */
export function compileSubscription(
  subscription: Subscription,
  experience: Experience = noExperience,
): Result<CompiledSubscription, QueryError> {
  const filter = readFilter(subscription);
  if (!filter.ok) return filter;
  const { query } = filter.value;
  return ok({
    ...filter.value,
    id: subscription.id,
    terms: profileTerms(query, subscription.interests),
    experience,
    interestsSelect: query === null && subscription.interests.trim() !== '',
  });
}

/** What selects papers for a subscription, without what ranks them; fails like `compileSubscription`. */
export function readFilter(subscription: Subscription): Result<SubscriptionFilter, QueryError> {
  const hasQuery = subscription.query.trim() !== '';
  const parsed = hasQuery ? parseQuery(subscription.query) : ok(null);
  if (!parsed.ok) return parsed;
  const categories: { text: string; pattern: CategoryPattern }[] = [];
  for (const text of subscription.categories) {
    const pattern = parseCategoryPattern(text);
    if (pattern === null) return unreadable(text, 'a category such as cs.LG, cs.* or hep-th');
    categories.push({ text: text.trim(), pattern });
  }
  const authors: { text: string; name: AuthorName }[] = [];
  for (const text of subscription.authors) {
    const name = parseAuthorName(text);
    if (name === null) return unreadable(text, 'a name such as Hinton or J. Hinton');
    authors.push({ text: text.trim(), name });
  }
  return ok({ query: parsed.value, categories, authors, kinds: subscription.kinds });
}

function unreadable(text: string, expected: string): Result<never, QueryError> {
  return err({ column: 1, message: `Found “${text.slice(0, 40)}”; expected ${expected}.` });
}
