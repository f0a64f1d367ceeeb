import { announcementKinds } from '../domain/paper.ts';
import type { AnnouncementKind } from '../domain/paper.ts';
import { allOf, anyOf } from '../query/ast.ts';
import type { LeafNode, QueryNode } from '../query/ast.ts';
import type { CategoryPattern } from '../query/category-pattern.ts';
import { queryProgram, withAnyNode, withoutNodes } from './query-program.ts';
import type { QueryProgram } from './query-program.ts';
import { requiredLeaves } from './required-leaves.ts';
import type { SubscriptionFilter } from './subscription-filter.ts';

/** One place where a subscription is listed. */
export type Entry = {
  readonly node: number;
  /** What must be true besides that the paper meets the node and passes the filter; null: nothing. */
  readonly condition: QueryProgram | null;
};

/** Where a subscription is listed: every matching paper passes the filter and fulfils exactly one of the entries, every other none. */
export type Entries = { readonly filter: number; readonly entries: readonly Entry[] };

/** How an index numbers what a paper may meet. The same question has the same answer every time. */
type Numbering = {
  /** What every paper meets. */
  readonly always: number;
  nodeOf(leaf: LeafNode): number;
  filterOf(category: CategoryPattern | null, kinds: readonly AnnouncementKind[]): number;
  nodeOfFilter(filter: number): number;
};

/** Nodes of the most entries that one subscription may have. The records of more would fill the memory; it is listed under `always`. */
const mostEntries = 30;

/**
 * Chooses where a subscription is listed: under the leaves that its papers cannot do without, and under its category if it has one.
 * Of the entries the one that is likely met most often comes first and looks at no other; later ones look back whether an earlier one
 * was met, so that each match is told once, and nobody needs to remember what was.
 */
export function subscriptionEntries(subscription: SubscriptionFilter, numbering: Numbering): Entries {
  const { categories, kinds } = subscription;
  const wanted = queryWithAuthors(subscription);
  const required = wanted && requiredLeaves(wanted);
  const nodes = required === null ? [numbering.always] : nodesOf(required.leaves, numbering);
  const condition = wanted === null || required?.suffices ? null : queryProgram(wanted, numbering.nodeOf);
  if (categories.length < 2) {
    return {
      filter: numbering.filterOf(categories[0]?.pattern ?? null, kinds),
      entries: entriesAt(nodes, condition, numbering.always),
    };
  }
  // Listed under each of its categories, a paper of two of them would meet it twice.
  const passing = categories.map(({ pattern }) => numbering.nodeOfFilter(numbering.filterOf(pattern, kinds)));
  return {
    filter: numbering.filterOf(null, announcementKinds),
    entries: entriesAt(nodes, withAnyNode(passing, condition), numbering.always),
  };
}

function queryWithAuthors({ query, authors }: SubscriptionFilter): QueryNode | null {
  if (authors.length === 0) return query;
  const [first, ...others] = authors.map(({ text, name }) => ({ kind: 'author', text, name, prefix: false }) as const);
  if (first === undefined) return query;
  const author = anyOf(first, ...others);
  return query === null ? author : allOf(query, author);
}

/** Each once, in the order of the leaves. */
function nodesOf(leaves: readonly LeafNode[], { nodeOf }: Numbering): readonly number[] {
  const nodes: number[] = [];
  for (const leaf of leaves) {
    const node = nodeOf(leaf);
    if (!nodes.includes(node)) nodes.push(node);
  }
  return nodes;
}

function entriesAt(nodes: readonly number[], condition: QueryProgram | null, always: number): readonly Entry[] {
  if (nodes.length > mostEntries) return [{ node: always, condition: withAnyNode(nodes, condition) }];
  return nodes.map((node, index) => ({
    node,
    condition: index === 0 ? condition : withoutNodes(nodes.slice(0, index), condition),
  }));
}
