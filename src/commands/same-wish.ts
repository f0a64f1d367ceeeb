import { isDeepStrictEqual } from 'node:util';
import type { Subscription } from '../domain/subscription.ts';
import { plainQuery } from './wish-text.ts';

/** Whether two subscriptions select the same papers by the same words, in whatever order and spelling; how many a day does not matter. */
export function isSameWish(one: Subscription, other: Subscription): boolean {
  return isDeepStrictEqual(canonical(one), canonical(other));
}

function canonical({ query, categories, interests, authors, kinds, minScore }: Subscription): unknown {
  return {
    query: plainQuery(query),
    categories: categories.toSorted(),
    interests: interests.trim(),
    authors: authors.toSorted(),
    kinds: kinds.toSorted(),
    minScore,
  };
}
