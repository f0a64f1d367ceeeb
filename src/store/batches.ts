/** Values or rows that a statement may list: rows of twenty columns are far below what SQLite (32,766) and PostgreSQL (65,535) take. */
const batchSize = 500;

/** `values` in runs short enough for the parameters of one statement, in order. */
export function* inBatches<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < values.length; start += batchSize) yield values.slice(start, start + batchSize);
}
