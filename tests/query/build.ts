import type { Paper } from '../../src/domain/paper.ts';
import type { QueryNode } from '../../src/query/ast.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';
import { aPaper } from '../builders/domain.ts';

/** A paper without words, but for those named. */
export function paper(fields: Partial<Paper> = {}): Paper {
  return aPaper({ title: '', abstract: null, ...fields });
}

/** The tree of a query that is known to be right. */
export function query(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: column ${parsed.error.column}: ${parsed.error.message}`);
  return parsed.value;
}

/** Whether a paper with this title, or with these fields, matches. */
export function finds(text: string, fields: string | Partial<Paper>): boolean {
  return evaluate(query(text), analysePaper(paper(typeof fields === 'string' ? { title: fields } : fields)));
}
