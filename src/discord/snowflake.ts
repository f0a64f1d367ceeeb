/** Milliseconds between the Unix epoch and Discord's, the first second of 2015. Source: Discord, reference, Snowflakes. */
const discordEpochMs = 1_420_070_400_000;

/** Whether what has the id `id` was made after what has `than`; where there is no other, always. */
export function isNewer(id: string, than: string | null): boolean {
  return than === null || BigInt(id) > BigInt(than);
}

/** When something was made by Discord's clock, in epoch milliseconds. */
export function madeAtMs(id: string): number {
  return Number(BigInt(id) >> 22n) + discordEpochMs;
}
