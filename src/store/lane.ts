import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/**
 * That no open delivery of a target's lane is as `condition` says, which calls it `other`.
 *
 * @param target the column that names the lane
 */
export function noOtherInLane(target: string, condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`not exists (
    select 1 from deliveries as other
    where other.target = ${sql.ref(target)} and other.settled_at is null and (${condition}))`;
}
