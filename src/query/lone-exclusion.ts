import type { NotNode, QueryNode } from './ast.ts';

/**
 * The first exclusion that makes a query match papers in which nothing was looked for: `-a` in `-a` and in `b OR -a`.
 * Null where something must always be found, as in `b -a`. Such a query would match nearly every paper.
 */
export function loneExclusion(node: QueryNode): NotNode | null {
  switch (node.kind) {
    case 'and': {
      const lone = node.children.map((child) => loneExclusion(child));
      return lone.includes(null) ? null : (lone[0] ?? null);
    }
    case 'or':
      return node.children.map((child) => loneExclusion(child)).find((lone) => lone !== null) ?? null;
    case 'not':
      return node;
    default:
      return null;
  }
}
