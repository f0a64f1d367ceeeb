import type { AnnouncementKind } from '../domain/paper.ts';
import type { QueryNode } from '../query/ast.ts';
import type { AuthorName } from '../query/author-name.ts';
import type { CategoryPattern } from '../query/category-pattern.ts';

/** What selects papers for a subscription: query AND categories (any of) AND authors (any of) AND kinds. */
export type SubscriptionFilter = {
  /** Null where it has no query. */
  readonly query: QueryNode | null;
  /** `text` as the subscriber wrote it. */
  readonly categories: readonly { readonly text: string; readonly pattern: CategoryPattern }[];
  readonly authors: readonly { readonly text: string; readonly name: AuthorName }[];
  readonly kinds: readonly AnnouncementKind[];
};
