import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** A table whose rows are state. Who holds which lease and whose turn it is are none. */
export type StateTable = Exclude<keyof Tables, 'leases' | 'arxiv_turns'>;

/**
 * The tables in an order in which they can be filled, what is referred to first; of each the unique key, by which it is read batch by
 * batch.
 */
const keys: { readonly [Table in StateTable]: readonly (keyof Tables[Table] & string)[] } = {
  papers: ['seq'],
  announcements: ['paper', 'category', 'date'],
  days: ['archive', 'date'],
  targets: ['id'],
  subscriptions: ['id'],
  marks: ['user_id', 'paper', 'kind', 'subscription'],
  calibrations: ['subscription'],
  deliveries: ['seq'],
  promises: ['target', 'paper', 'occasion'],
  settings: ['key'],
  recent_queries: ['id'],
  imports: ['source'],
  notices: ['seq'],
  search_segments: ['seq'],
  search_blocks: ['block'],
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type above lists its keys, and no others
export const stateTables = Object.keys(keys) as readonly StateTable[];

/** Tables whose rows count up by themselves, in the column `seq`. */
export const countingTables = stateTables.filter((table) => keys[table].join() === 'seq');

/**
 * Rows a statement reads or writes: 500 of our widest table are 9,500 parameters, and 10 MB at the very most. Rows of the index of words are
 * larger: some kilobytes, and a few of them megabytes.
 */
const batchSizeOf = (table: StateTable) => (table.startsWith('search_') ? 25 : 500);

type Row = Readonly<Record<string, unknown>>;

/**
 * Copies every row of every table from one database to the other, whose tables are empty; memory stays flat. Each side is to be a
 * transaction: `from` one snapshot, `to` all or nothing.
 *
 * @returns how many rows of each table were copied
 */
export async function copyTables(from: Kysely<Tables>, to: Kysely<Tables>): Promise<Record<StateTable, number>> {
  const copied: [StateTable, number][] = [];
  for (const table of stateTables) {
    let rows = 0;
    for await (const batch of batchesOf(from, table)) {
      await insert(to, table, batch);
      rows += batch.length;
    }
    copied.push([table, rows]);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each table
  return Object.fromEntries(copied) as Record<StateTable, number>;
}

/** All rows of a table by its key, ascending. */
export async function* batchesOf(db: Kysely<Tables>, table: StateTable): AsyncGenerator<readonly Row[]> {
  const key = keys[table];
  const batchSize = batchSizeOf(table);
  const columns = sql.join(key.map((column) => sql.ref(column)));
  let last: Row | undefined;
  for (;;) {
    const after = last;
    const behind = after ? sql`where (${columns}) > (${sql.join(key.map((column) => after[column]))})` : sql``;
    const { rows } = await sql<Row>`select * from ${sql.table(table)} ${behind}
      order by ${columns} limit ${sql.lit(batchSize)}`.execute(db);
    if (rows.length > 0) yield rows;
    if (rows.length < batchSize) return;
    last = rows.at(-1);
  }
}

async function insert(db: Kysely<Tables>, table: StateTable, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(db);
}
