import { CompiledQuery, sql } from 'kysely';
import type { IndexQuery } from './index-query.ts';
import { everyPaper, indexColumns } from './index-row.ts';
import type { PaperIndex } from './paper-index.ts';

/**
 * What FTS5 holds in memory before it writes a segment, at most until the commit, and of how many segments it makes a larger one: by
 * default 1 MB and 4. A quarter less work (2026-11-23, 40,000 papers, 1,000 a transaction: 92 µs of CPU a paper for 120), and a search
 * looks into a few segments more.
 */
const heldBytes = 8 * 1024 * 1024;
const segmentsToMerge = 8;

/**
 * SQLite's full-text index: FTS5 over our own tokens and stems.
 *
 * Source of the syntax: https://www.sqlite.org/fts5.html#full_text_query_syntax
 */
export const sqlitePaperIndex: PaperIndex = {
  create: async (db) => {
    // Our own tokens and stems, joined by blanks (src/store/index-row.ts). The tokenizer `ascii` leaves them as they are: it parts words
    // at ASCII characters other than letters and digits only, where `unicode61` would part words of scripts its old tables do not know.
    // Without content: the text is in `papers`, only the index is here.
    await sql`create virtual table paper_index using fts5(
      title_stems, abstract_stems, comment_stems, title_words, abstract_words, comment_words, authors, categories, ids,
      content = '', contentless_delete = 1, tokenize = 'ascii'
    )`.execute(db);
  },

  prepareImport: async (db) => {
    const { rows } = await sql`select 1 from paper_index_config where k = 'hashsize'`.execute(db);
    if (rows.length > 0) return;
    await sql`insert into paper_index (paper_index, rank) values ('hashsize', ${sql.lit(heldBytes)})`.execute(db);
    await sql`insert into paper_index (paper_index, rank) values ('automerge', ${sql.lit(segmentsToMerge)})`.execute(
      db,
    );
  },

  put: async (db, rows) => {
    const statement = replaceStatement(rows.length);
    const parameters = rows.flatMap((row) => columns.map((column) => row[column]));
    await db.executeQuery(CompiledQuery.raw(statement, parameters));
  },

  finds: (query) => sql`paper_index match ${print(query)}`,

  // BM25 by FTS5 (k1 1.2, b 0.75), per column in the order of the table: titles count twice; names, categories and identifiers select
  // without ranking, for every hit has them alike.
  rank: () => sql`-bm25(paper_index, 2, 1, 1, 2, 1, 1, 0, 0, 0)`,

  daysBetween: (from, to) => sql`(julianday(${to}) - julianday(${from}))`,
};

const columns = ['rowid', ...indexColumns] as const;

/** Written by hand and kept for the length that comes most: building it anew takes Kysely a twentieth of an import's time. */
let lastStatement = { rows: 0, text: '' };

function replaceStatement(rows: number): string {
  if (rows === lastStatement.rows) return lastStatement.text;
  const row = `(${columns.map(() => '?').join(', ')})`;
  const values = Array.from({ length: rows }, () => row).join(', ');
  lastStatement = { rows, text: `replace into paper_index (${columns.join(', ')}) values ${values}` };
  return lastStatement.text;
}

function print(query: IndexQuery): string {
  switch (query.kind) {
    case 'everything':
      return `categories : ${quoted(everyPaper)}`;
    case 'and':
    case 'or':
      return `(${query.parts.map(print).join(` ${query.kind.toUpperCase()} `)})`;
    case 'except':
      return `(${print(query.selected)} NOT ${print(query.excluded)})`;
    default:
      return `{${query.columns.join(' ')}} : ${quoted(query.words.join(' '))}${query.isPrefix ? ' *' : ''}`;
  }
}

/** Our words hold letters and digits only; a quote is doubled all the same, so that no text can leave its quotes. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
