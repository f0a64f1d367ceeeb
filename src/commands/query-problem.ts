import type { QueryError } from '../domain/search.ts';

/** Characters of the query shown on either side of the place that could not be read: a code block of this width does not wrap on a phone. */
const shownEachSide = 20;

/**
 * Says why a query cannot be read: one sentence, then the query with a caret under the place. The column counts code points, and so does
 * the caret.
 */
export function queryProblem(query: string, error: QueryError): string {
  const points = Array.from(query.replace(/\s/g, ' ').replaceAll('`', "'"));
  const at = Math.min(Math.max(error.column - 1, 0), points.length);
  const from = Math.max(0, at - shownEachSide);
  const to = Math.min(points.length, at + shownEachSide);
  const before = `${from > 0 ? '…' : ''}${points.slice(from, at).join('')}`;
  const after = `${points.slice(at, to).join('')}${to < points.length ? '…' : ''}`;
  const caret = `${' '.repeat(Array.from(before).length)}^`;
  return `I cannot read that query, column ${error.column}: ${sentence(error.message)}\n\`\`\`\n${before}${after}\n${caret}\n\`\`\``;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
