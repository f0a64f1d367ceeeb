import type { Phrase } from '../text/phrase.ts';
import type { AuthorName } from './author-name.ts';
import type { CategoryPattern } from './category-pattern.ts';

/** Fields whose words are searched. */
export type TextField = 'title' | 'abstract' | 'comments';

/** A word, a phrase or a prefix. `field` null: title or abstract. `text`: as written, without quotes and outer punctuation. */
export type TermNode = {
  readonly kind: 'term';
  readonly field: TextField | null;
  readonly text: string;
  readonly phrase: Phrase;
};
/** `text` as written, without quotes; with `prefix` the last word of the name is only how it begins. */
export type AuthorNode = {
  readonly kind: 'author';
  readonly text: string;
  readonly name: AuthorName;
  readonly prefix: boolean;
};
/** `text` as written. */
export type CategoryNode = { readonly kind: 'category'; readonly text: string; readonly pattern: CategoryPattern };
/** `id`: canonical arXiv identifier in lower case without version; with `prefix` any identifier that begins so. */
export type IdNode = { readonly kind: 'id'; readonly id: string; readonly prefix: boolean };

export type LeafNode = TermNode | AuthorNode | CategoryNode | IdNode;
/** Two children or more, none of them an `and`. */
export type AndNode = { readonly kind: 'and'; readonly children: readonly QueryNode[] };
/** Two children or more, none of them an `or`. */
export type OrNode = { readonly kind: 'or'; readonly children: readonly QueryNode[] };
export type NotNode = { readonly kind: 'not'; readonly child: QueryNode };

/** A query. Fields stand on the leaves: `title:(a OR b)` is read as `title:a OR title:b`. */
export type QueryNode = LeafNode | AndNode | OrNode | NotNode;

/** All of these hold. Flattens nested conjunctions, so that a query has one tree; a single child stays itself. */
export function allOf(first: QueryNode, ...others: readonly QueryNode[]): QueryNode {
  if (others.length === 0) return first;
  const children = [first, ...others];
  // Most have nothing to flatten.
  const isFlat = children.every((child) => child.kind !== 'and');
  return {
    kind: 'and',
    children: isFlat ? children : children.flatMap((child) => (child.kind === 'and' ? child.children : child)),
  };
}

/** Any of these holds. Flattens like `allOf`. */
export function anyOf(first: QueryNode, ...others: readonly QueryNode[]): QueryNode {
  if (others.length === 0) return first;
  const children = [first, ...others];
  // Most have nothing to flatten.
  const isFlat = children.every((child) => child.kind !== 'or');
  return {
    kind: 'or',
    children: isFlat ? children : children.flatMap((child) => (child.kind === 'or' ? child.children : child)),
  };
}

/**
 * Leaves that make papers match (not those that exclude), from left to right.
 * A leaf under two negations counts as positive.
 */
export function positiveLeaves(node: QueryNode, positive = true): LeafNode[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.children.flatMap((child) => positiveLeaves(child, positive));
    case 'not':
      return positiveLeaves(node.child, !positive);
    default:
      return positive ? [node] : [];
  }
}
