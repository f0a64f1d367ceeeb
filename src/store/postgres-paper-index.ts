import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { IndexPhrase, IndexQuery } from './index-query.ts';
import { indexColumns } from './index-row.ts';
import type { IndexColumn } from './index-row.ts';
import type { PaperIndex } from './paper-index.ts';
import { toTsquery, toTsvector } from './tsvector.ts';

/**
 * PostgreSQL's full-text index: a `tsvector` a column, of our own tokens and stems, and one GIN index over them all.
 *
 * No text search configuration takes part: PostgreSQL's own would stem differently than subscriptions do.
 */
export const postgresPaperIndex: PaperIndex = {
  create: async (db) => {
    const columns = sql.join(indexColumns.map((name) => sql`${sql.ref(name)} tsvector not null`));
    // Rows stay whole up to a page: moved out of the table, as those beyond 2 kB are by default, vectors cost five times as much to look
    // at, and the planner, who does not see them there, would look at all of them (2026-11-23, 10,000 papers: 83 ms, now 10 ms; a third
    // more disk).
    await sql`create table paper_index (rowid bigint primary key references papers (seq), ${columns})
      with (toast_tuple_target = 8160)`.execute(db);
    const names = indexColumns.map((name) => sql.ref(name));
    await sql`create index paper_index_words on paper_index using gin (${sql.join(names)})`.execute(db);
  },

  prepareImport: async () => {},

  put: async (db, rows) => {
    const names = indexColumns.map((name) => sql.ref(name));
    const values = rows.map(
      (row) =>
        sql`(${row.rowid}::bigint, ${sql.join(indexColumns.map((name) => sql`${toTsvector(row[name])}::tsvector`))})`,
    );
    const renewed = names.map((name) => sql`${name} = excluded.${name}`);
    await sql`insert into paper_index (rowid, ${sql.join(names)}) values ${sql.join(values)}
      on conflict (rowid) do update set ${sql.join(renewed)}`.execute(db);
  },

  finds: condition,

  rank: (query) => {
    const terms = indexColumns.flatMap((column) => {
      const phrases = selectingPhrases(query).filter(({ columns }) => columns.includes(column));
      const weight = weights[column];
      if (phrases.length === 0 || weight === 0) return [];
      const anyOf = phrases.map((phrase) => `(${toTsquery(phrase)})`).join(' | ');
      return [sql`${sql.lit(weight)} * ts_rank(${place(column)}, ${anyOf}::tsquery)`];
    });
    return terms.length === 0 ? sql`0` : sql`(${sql.join(terms, sql` + `)})`;
  },

  daysBetween: (from, to) => sql`(cast(${to} as date) - cast(${from} as date))`,
};

/** Names, categories and identifiers select without ranking, for every hit has them alike. */
const weights: Readonly<Record<IndexColumn, number>> = {
  title_stems: 2,
  title_words: 2,
  abstract_stems: 1,
  abstract_words: 1,
  comment_stems: 1,
  comment_words: 1,
  authors: 0,
  categories: 0,
  ids: 0,
};

function condition(query: IndexQuery): RawBuilder<boolean> {
  switch (query.kind) {
    case 'everything':
      return sql`true`;
    case 'and':
    case 'or':
      return sql`(${sql.join(query.parts.map(condition), query.kind === 'and' ? sql` and ` : sql` or `)})`;
    case 'except':
      return sql`(${condition(query.selected)} and not ${condition(query.excluded)})`;
    default: {
      const words = toTsquery(query);
      const places = query.columns.map((column) => sql`${place(column)} @@ ${words}::tsquery`);
      return sql`(${sql.join(places, sql` or `)})`;
    }
  }
}

/** What a paper may be found by: all phrases but those that exclude. */
function selectingPhrases(query: IndexQuery): readonly IndexPhrase[] {
  switch (query.kind) {
    case 'everything':
      return [];
    case 'and':
    case 'or':
      return query.parts.flatMap(selectingPhrases);
    case 'except':
      return selectingPhrases(query.selected);
    default:
      return [query];
  }
}

function place(column: IndexColumn): RawBuilder<unknown> {
  return sql.ref(`paper_index.${column}`);
}
