import type { AnnouncementKind } from '../domain/paper.ts';
import type { QueryError } from '../domain/search.ts';
import type { Subscription } from '../domain/subscription.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { QueryNode } from '../query/ast.ts';
import { parseAuthorName } from '../query/author-name.ts';
import type { AuthorName } from '../query/author-name.ts';
import { parseCategoryPattern } from '../query/category-pattern.ts';
import type { CategoryPattern } from '../query/category-pattern.ts';
import { parseQuery } from '../query/parse.ts';
import { profileTerms } from './profile.ts';
import type { ProfileTerm } from './profile.ts';
import { noExperience } from './experience.ts';
import type { Experience } from './experience.ts';

/** A subscription read once, for any number of papers. */
export type CompiledSubscription = {
  readonly id: string;
  /** Null where it has no query. */
  readonly query: QueryNode | null;
  /** `text` as the subscriber wrote it. */
  readonly categories: readonly { readonly text: string; readonly pattern: CategoryPattern }[];
  readonly authors: readonly { readonly text: string; readonly name: AuthorName }[];
  readonly kinds: readonly AnnouncementKind[];
  readonly terms: readonly ProfileTerm[];
  readonly experience: Experience;
  /** True where interests select because there is no query. */
  readonly interestsSelect: boolean;
};

/** The error's column is 1 where a category or an author cannot be read; its message then quotes it. */
export function compileSubscription(
  subscription: Subscription,
  experience: Experience = noExperience,
): Result<CompiledSubscription, QueryError> {
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
  const terms = profileTerms(parsed.value, subscription.interests);
  return ok({
    id: subscription.id,
    query: parsed.value,
    categories,
    authors,
    kinds: subscription.kinds,
    terms,
    experience,
    interestsSelect: !hasQuery && subscription.interests.trim() !== '',
  });
}

function unreadable(text: string, expected: string): Result<never, QueryError> {
  return err({ column: 1, message: `Found “${text.slice(0, 40)}”; expected ${expected}.` });
}
