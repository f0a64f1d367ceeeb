import type { Evidence, PaperField } from '../domain/match.ts';
import type { AnnouncedPaper, AnnouncementKind } from '../domain/paper.ts';
import { analysePaper } from '../query/analyse.ts';
import type { AnalysedPaper } from '../query/analyse.ts';
import type { LeafNode, QueryNode } from '../query/ast.ts';
import { evaluate, fieldsMatched } from '../query/evaluate.ts';
import { printQuery } from '../query/print.ts';
import type { CompiledSubscription } from './compile.ts';
import { authorHolds, authorsFound, categoryKinds, kindHolds } from './filters.ts';
import type { CategoryKind } from './filters.ts';
import type { Matcher } from './matcher.ts';

/** A part of a query, and whether it holds for a paper: the query's own tree. */
export type Clause = {
  /** In its plainest spelling. */
  readonly text: string;
  /** `all` and `any` of the children, the child does `not` hold, or a `leaf`: something that is looked for. */
  readonly kind: 'all' | 'any' | 'not' | 'leaf';
  readonly holds: boolean;
  /** Of a leaf: the fields it is looked for in, and those of them that have it. */
  readonly lookedIn: readonly PaperField[];
  readonly found: readonly PaperField[];
  readonly children: readonly Clause[];
};

/** Whether a paper matches a subscription, and every condition of it by itself; they are looked at all, whichever fails first. */
export type MatchExplanation = {
  readonly matched: boolean;
  /** Null where there is no query. */
  readonly query: Clause | null;
  readonly kinds: {
    readonly holds: boolean;
    readonly wanted: readonly AnnouncementKind[];
    /** What the paper is in each of the subscribed categories; empty where every category will do. */
    readonly categories: readonly CategoryKind[];
    readonly announced: AnnouncedPaper['announcements'];
  };
  /** `wanted`: as the subscriber wrote them; empty where everybody will do. */
  readonly authors: { readonly holds: boolean; readonly wanted: readonly string[]; readonly found: readonly string[] };
  /** Null where interests do not select: there is a query, or there are none. They fail where the paper is too far from them. */
  readonly interests: { readonly holds: boolean } | null;
  /** Raw, 0 to 1; null where it did not match. */
  readonly score: number | null;
  readonly evidence: readonly Evidence[];
};

/**
 * Why a paper matches a subscription, or why not. `matcher` decides, and what it is made of is asked once more, part by part, so that no rule
 * stands here.
 *
 * @param matcher made for this subscription, among others or alone
 */
export function explainMatch(
  subscription: CompiledSubscription,
  announced: AnnouncedPaper,
  matcher: Matcher,
): MatchExplanation {
  const paper = analysePaper(announced.paper);
  const match = matcher.match(announced).find((one) => one.subscription === subscription.id);
  const query = subscription.query === null ? null : explainQuery(subscription.query, paper);
  const kinds = {
    holds: kindHolds(subscription, announced),
    wanted: subscription.kinds,
    categories: categoryKinds(subscription, announced),
    announced: announced.announcements,
  };
  const authors = {
    holds: authorHolds(subscription, paper),
    wanted: subscription.authors.map(({ text }) => text),
    found: authorsFound(subscription, paper),
  };
  const passes = kinds.holds && authors.holds && (query === null || query.holds);
  return {
    matched: match !== undefined,
    query,
    kinds,
    authors,
    // What passes all the rest is only ever refused for being too far from the interests. What fails the rest was not measured.
    interests: subscription.interestsSelect && passes ? { holds: match !== undefined } : null,
    score: match?.score ?? null,
    evidence: match?.evidence ?? [],
  };
}

/** Every part of a query by itself. Cost: O(depth × leaves × words of the paper). */
export function explainQuery(node: QueryNode, paper: AnalysedPaper): Clause {
  const common = { text: printQuery(node), holds: evaluate(node, paper), lookedIn: [], found: [] };
  switch (node.kind) {
    case 'and':
    case 'or': {
      const children = node.children.map((child) => explainQuery(child, paper));
      return { ...common, kind: node.kind === 'and' ? 'all' : 'any', children };
    }
    case 'not':
      return { ...common, kind: 'not', children: [explainQuery(node.child, paper)] };
    default:
      return { ...common, kind: 'leaf', lookedIn: fieldsOf(node), found: fieldsMatched(node, paper), children: [] };
  }
}

function fieldsOf(leaf: LeafNode): readonly PaperField[] {
  switch (leaf.kind) {
    case 'term':
      return leaf.field === null ? ['title', 'abstract'] : [leaf.field];
    case 'author':
      return ['author'];
    case 'category':
      return ['cat'];
    default:
      return ['id'];
  }
}
