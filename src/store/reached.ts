import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * That a time in a column has come by `nowMs`, or lies further ahead than any that we set: then it was set by a clock that was ahead, and
 * nobody shall wait until it is right.
 */
export function isReached(column: string, nowMs: number, longestAheadMs: number): RawBuilder<boolean> {
  const time = sql.ref(column);
  return sql<boolean>`(${time} <= ${nowMs} or ${time} > ${nowMs + longestAheadMs})`;
}
