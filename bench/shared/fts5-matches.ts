import { DatabaseSync } from 'node:sqlite';
import type { Paper } from '../../src/domain/paper.ts';
import type { QueryNode } from '../../src/query/ast.ts';

/** How long SQLite's FTS5 takes for the same: papers into a table with the porter tokenizer, then each query a MATCH. */
export function fts5Matches(
  papers: readonly Paper[],
  subscriptions: readonly { readonly query: QueryNode; readonly categories: readonly string[] }[],
): { readonly insertMs: number; readonly queryMs: number; readonly matches: number } {
  const database = new DatabaseSync(':memory:');
  database.exec(`create virtual table papers using fts5(title, abstract, tokenize = 'porter unicode61')`);
  const texts = subscriptions.map(({ query, categories }) => ({ text: matchText(query), categories }));
  const insert = database.prepare('insert into papers (rowid, title, abstract) values (?, ?, ?)');
  const startedAt = performance.now();
  database.exec('begin');
  for (const [index, { title, abstract }] of papers.entries()) insert.run(index + 1, title, abstract);
  database.exec('commit');
  const insertedAt = performance.now();
  const select = database.prepare('select rowid from papers where papers match ?');
  select.setReturnArrays(true);
  let matches = 0;
  for (const { text, categories } of texts) {
    for (const row of select.all(text)) {
      const paper = papers[Number(Object.values(row)[0]) - 1];
      const isIn = categories.length === 0 || categories.some((category) => paper?.categories.includes(category));
      if (isIn) matches += 1;
    }
  }
  const queryMs = performance.now() - insertedAt;
  database.close();
  return { insertMs: insertedAt - startedAt, queryMs, matches };
}

/** Words, phrases, AND, OR and NOT as FTS5 writes them. */
function matchText(node: QueryNode): string {
  switch (node.kind) {
    case 'term':
      return `"${node.text.replaceAll('"', '')}"`;
    case 'or':
      return `(${node.children.map(matchText).join(' OR ')})`;
    case 'and': {
      const excluded = node.children.filter((child) => child.kind === 'not').map(({ child }) => matchText(child));
      const wanted = node.children.filter((child) => child.kind !== 'not').map(matchText);
      return `((${wanted.join(' AND ')})${excluded.map((text) => ` NOT ${text}`).join('')})`;
    }
    default:
      throw new Error(`fts5-matches: no ${node.kind} in this comparison`);
  }
}
