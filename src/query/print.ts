import type { LeafNode, QueryNode } from './ast.ts';

/**
 * A query in its plainest spelling: `a b`, `a OR b`, `-a`, fields on every leaf, quotes where they are needed.
 * Reading it again gives the same tree, as long as it stays inside the bounds of `parseQuery`.
 */
export function printQuery(node: QueryNode): string {
  switch (node.kind) {
    case 'or':
      return node.children.map((child) => printQuery(child)).join(' OR ');
    case 'and':
      return node.children.map((child) => (child.kind === 'or' ? inParentheses(child) : printQuery(child))).join(' ');
    case 'not':
      return `-${'children' in node.child || node.child.kind === 'not' ? inParentheses(node.child) : printQuery(node.child)}`;
    default:
      return printLeaf(node);
  }
}

function inParentheses(node: QueryNode): string {
  return `(${printQuery(node)})`;
}

function printLeaf(leaf: LeafNode): string {
  switch (leaf.kind) {
    case 'term':
      return `${leaf.field === null ? '' : `${leaf.field}:`}${quoted(leaf.text)}`;
    case 'author':
      return `author:${quoted(leaf.text)}`;
    case 'category':
      return `cat:${quoted(leaf.text)}`;
    default:
      return `id:${leaf.id}${leaf.prefix ? '*' : ''}`;
  }
}

/** Quotes make anything one phrase; they are left out where the bare word reads the same. */
function quoted(text: string): string {
  const bare = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}.'’–-]*\*?$/u.test(text) && !/^(?:AND|OR|NOT)$/.test(text);
  return bare ? text : `"${text}"`;
}
