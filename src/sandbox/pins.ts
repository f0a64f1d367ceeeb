import type { Snowflake } from './snowflake.ts';

/** A message that stands on a channel's board since `pinnedMs`. */
export type Pin = { readonly message: Snowflake; readonly pinnedMs: number };

export type SavedPins = Readonly<Record<Snowflake, readonly Pin[]>>;

/** What is pinned where, oldest pin first. */
export function createPins(saved: SavedPins) {
  const all = new Map<Snowflake, readonly Pin[]>(Object.entries(saved));
  const of = (channel: Snowflake): readonly Pin[] => all.get(channel) ?? [];
  return {
    of,
    add(channel: Snowflake, pin: Pin): void {
      all.set(channel, [...of(channel), pin]);
    },
    remove(channel: Snowflake, message: Snowflake): void {
      const left = of(channel).filter((one) => one.message !== message);
      if (left.length === 0) all.delete(channel);
      else all.set(channel, left);
    },
    saved: (): SavedPins => Object.fromEntries(all),
  };
}
