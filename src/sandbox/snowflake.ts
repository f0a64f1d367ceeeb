/** Milliseconds between the Unix epoch and Discord's, the first second of 2015. */
const discordEpochMs = 1_420_070_400_000n;

/** An id as Discord makes them: 42 bits of time, 10 of place, 12 of order. */
export type Snowflake = string;

/** True for what Discord takes as an id: 1 to 20 digits. */
export function isSnowflake(text: string): boolean {
  return /^\d{1,20}$/.test(text);
}

/** The first id of a millisecond (Unix epoch). */
export function snowflakeAt(epochMs: number): Snowflake {
  return String((BigInt(Math.floor(epochMs)) - discordEpochMs) << 22n);
}

/**
 * Ids that always grow, even where the clock stands still or steps back.
 *
 * @param after no id is made at or below this one; '0' where there is no earlier one
 */
export function createSnowflakes(now: () => number, after: Snowflake = '0'): () => Snowflake {
  let last = BigInt(after);
  return () => {
    const fresh = BigInt(snowflakeAt(now()));
    last = fresh > last ? fresh : last + 1n;
    return String(last);
  };
}

/** Negative, zero or positive as `a` is older than, the same as, or younger than `b`. */
export function compareSnowflakes(a: Snowflake, b: Snowflake): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
