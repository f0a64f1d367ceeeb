import type { AnnouncedPaper, AnnouncementKind } from '../domain/paper.ts';
import type { AnalysedPaper } from '../query/analyse.ts';
import { matchesAuthor } from '../query/author-name.ts';
import { kindInPattern } from './kind-in.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

type Categories = Pick<SubscriptionFilter, 'categories' | 'kinds'>;
type Authors = Pick<SubscriptionFilter, 'authors'>;

/** A subscribed category as the subscriber wrote it, and as what a paper comes there; null where the paper is not in it. */
export type CategoryKind = { readonly text: string; readonly kind: AnnouncementKind | null };

/** Whether a paper comes as a wanted kind in any of the subscribed categories; without categories, was announced as one anywhere. */
export function kindHolds({ categories, kinds }: Categories, announced: AnnouncedPaper): boolean {
  if (categories.length === 0) return announced.announcements.some(({ kind }) => kinds.includes(kind));
  return categories.some(({ pattern }) => isWanted(kinds, kindInPattern(announced, pattern)));
}

/** Every subscribed category with what the paper is there, in the order of the subscription. */
export function categoryKinds({ categories }: Categories, announced: AnnouncedPaper): CategoryKind[] {
  return categories.map(({ text, pattern }) => ({ text, kind: kindInPattern(announced, pattern) }));
}

export function isWanted(kinds: readonly AnnouncementKind[], kind: AnnouncementKind | null): boolean {
  return kind !== null && kinds.includes(kind);
}

/** Whether anybody it was subscribed to by name is among the authors; true without names. */
export function authorHolds(subscription: Authors, paper: AnalysedPaper): boolean {
  return subscription.authors.length === 0 || authorsFound(subscription, paper).length > 0;
}

/** Those of the subscribed names, as the subscriber wrote them, that are among the authors. */
export function authorsFound({ authors }: Authors, paper: AnalysedPaper): string[] {
  return authors
    .filter(({ name }) => paper.authors.some((author) => matchesAuthor(name, author)))
    .map(({ text }) => text);
}
