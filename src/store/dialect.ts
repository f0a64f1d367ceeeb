import { sql } from 'kysely';
import type { ColumnDefinitionBuilder, RawBuilder } from 'kysely';

/** The databases we know. */
export type DatabaseKind = 'sqlite' | 'postgres';

/** How a database spells the types of our columns, so that a migration is written once. */
export type ColumnTypes = {
  /** Whole numbers up to 2^53: counts and epoch milliseconds. */
  readonly integer: 'integer' | 'bigint';
  readonly real: 'real' | 'double precision';
  readonly bytes: 'blob' | 'bytea';
  /** Text that is compared byte by byte, so that both databases order alike. */
  readonly text: 'text' | RawBuilder<unknown>;
  /** The primary key that counts up by itself, of type `integer`. */
  readonly sequence: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;
};

export const columnTypes: Readonly<Record<DatabaseKind, ColumnTypes>> = {
  sqlite: {
    integer: 'integer',
    real: 'real',
    bytes: 'blob',
    text: 'text',
    sequence: (column) => column.primaryKey().autoIncrement(),
  },
  postgres: {
    integer: 'bigint',
    real: 'double precision',
    bytes: 'bytea',
    text: sql`text collate "C"`,
    // By default and not always: a restored backup brings its own.
    sequence: (column) => column.primaryKey().generatedByDefaultAsIdentity(),
  },
};

/**
 * What a database takes for now: epoch milliseconds, rounded down, of its own clock, at the moment of the statement and not of the
 * transaction's beginning.
 */
export const databaseNow: Readonly<Record<DatabaseKind, RawBuilder<number>>> = {
  // SQLite knows whole milliseconds, and its real number may be a hair below.
  sqlite: sql`cast(round(unixepoch('subsec') * 1000) as integer)`,
  postgres: sql`cast(floor(extract(epoch from clock_timestamp()) * 1000) as bigint)`,
};
