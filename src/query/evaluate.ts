import type { PaperField } from '../domain/match.ts';
import { occurrences } from '../text/phrase.ts';
import type { AnalysedPaper } from './analyse.ts';
import type { LeafNode, QueryNode } from './ast.ts';
import { matchesAuthor } from './author-name.ts';
import { matchesCategory } from './category-pattern.ts';

/**
 * Whether a paper matches a query. This is the oracle: it says what the language means, and every index must agree with it.
 * Cost: O(leaves × tokens of the paper).
 */
export function evaluate(node: QueryNode, paper: AnalysedPaper): boolean {
  switch (node.kind) {
    case 'and':
      return node.children.every((child) => evaluate(child, paper));
    case 'or':
      return node.children.some((child) => evaluate(child, paper));
    case 'not':
      return !evaluate(node.child, paper);
    default:
      return fieldsMatched(node, paper).length > 0;
  }
}

/** The fields in which a leaf is found; empty where it does not match. */
export function fieldsMatched(leaf: LeafNode, paper: AnalysedPaper): readonly PaperField[] {
  switch (leaf.kind) {
    case 'term': {
      const fields = leaf.field === null ? (['title', 'abstract'] as const) : [leaf.field];
      return fields.filter((field) => occurrences(paper.tokens[field], leaf.phrase).length > 0);
    }
    case 'author':
      return paper.authors.some((author) => matchesAuthor(leaf.name, author, leaf.prefix)) ? ['author'] : [];
    case 'category':
      return paper.categories.some((category) => matchesCategory(leaf.pattern, category)) ? ['cat'] : [];
    default:
      return (leaf.prefix ? paper.id.startsWith(leaf.id) : paper.id === leaf.id) ? ['id'] : [];
  }
}
