import type { Paper } from '../../src/domain/paper.ts';
import type { QueryNode } from '../../src/query/ast.ts';
import { analysePaper } from '../../src/query/analyse.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { parseQuery } from '../../src/query/parse.ts';

/** A paper of which only what matters is named. */
export function paper(fields: Partial<Paper> = {}): Paper {
  return {
    id: '2505.15988',
    version: null,
    title: '',
    authors: [],
    authorsTruncated: false,
    abstract: null,
    categories: ['cs.DC'],
    primary: 'cs.DC',
    comments: null,
    journalRef: null,
    doi: null,
    withdrawn: false,
    formats: [],
    ...fields,
  };
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
