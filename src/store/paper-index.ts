import type { Kysely, RawBuilder } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { DatabaseKind } from './dialect.ts';
import type { IndexQuery } from './index-query.ts';
import type { IndexRow } from './index-row.ts';
import { postgresPaperIndex } from './postgres-paper-index.ts';
import type { Tables } from './schema.ts';
import { sqlitePaperIndex } from './sqlite-paper-index.ts';

/** The full-text index of a database: the table `paper_index`, whose `rowid` is `papers.seq`. Both find the same papers. */
export type PaperIndex = {
  /** Creates the table, as part of the first migration. */
  readonly create: Migration['up'];
  /** Makes ready for many rows, in the transaction that brings them. Once done, it stays. */
  prepareImport(db: Kysely<Tables>): Promise<void>;
  /** Adds the rows of papers, or replaces them: no more at once than one statement takes (src/store/batches.ts). */
  put(db: Kysely<Tables>, rows: readonly (IndexRow & { readonly rowid: number })[]): Promise<void>;
  /** That a row of `paper_index` is found by a query. */
  finds(query: IndexQuery): RawBuilder<boolean>;
  /** How well a row that is found fits, 0 or more; titles count twice. Each database has its own scale. */
  rank(query: IndexQuery): RawBuilder<number>;
  /** Whole days from one column of ISO dates to another. */
  daysBetween(from: RawBuilder<unknown>, to: RawBuilder<unknown>): RawBuilder<number>;
};

export const paperIndexes: Readonly<Record<DatabaseKind, PaperIndex>> = {
  sqlite: sqlitePaperIndex,
  postgres: postgresPaperIndex,
};
