import type { QueryError } from '../domain/search.ts';
import type { Subscription } from '../domain/subscription.ts';
import { compileSubscription } from '../match/compile.ts';
import type { CompiledSubscription } from '../match/compile.ts';
import type { DocumentFrequencies } from '../match/document-frequencies.ts';
import type { Experience } from '../match/experience.ts';
import { createMatcher } from '../match/matcher.ts';
import type { Matcher } from '../match/matcher.ts';

/** A subscription that cannot be matched because its query cannot be read. */
export type RefusedSubscription = { readonly subscription: string; readonly error: QueryError };

/** Subscriptions read once, for any number of papers. */
export type PreparedMatcher = {
  readonly matcher: Matcher;
  /** Those that can be read, by id. */
  readonly compiled: ReadonlyMap<string, CompiledSubscription>;
  readonly refused: readonly RefusedSubscription[];
};

/** @param experience what their profiles learn from, by subscription; none where nothing is known */
export function prepareMatcher(
  subscriptions: readonly Subscription[],
  frequencies: DocumentFrequencies,
  experience: ReadonlyMap<string, Experience> = new Map(),
): PreparedMatcher {
  const compiled = new Map<string, CompiledSubscription>();
  const refused: RefusedSubscription[] = [];
  for (const subscription of subscriptions) {
    const result = compileSubscription(subscription, experience.get(subscription.id));
    if (result.ok) compiled.set(subscription.id, result.value);
    else refused.push({ subscription: subscription.id, error: result.error });
  }
  return { matcher: createMatcher([...compiled.values()], frequencies), compiled, refused };
}
