import type { Snowflake } from './snowflake.ts';
import type { Keep } from './state-rows.ts';

/** A message that stands on a channel's board since `pinnedMs`. */
export type Pin = { readonly message: Snowflake; readonly pinnedMs: number };

export type SavedPins = Readonly<Record<Snowflake, readonly Pin[]>>;

/** What is pinned where, oldest pin first. */
export function createPins(saved: SavedPins, keep: Keep) {
  const all = new Map<Snowflake, readonly Pin[]>(Object.entries(saved));
  const of = (channel: Snowflake): readonly Pin[] => all.get(channel) ?? [];
  const put = (channel: Snowflake, next: readonly Pin[]) => {
    if (next.length === 0) all.delete(channel);
    else all.set(channel, next);
    keep({ kind: 'pins', parent: '', id: channel, body: next.length === 0 ? null : next });
  };
  return {
    of,
    add: (channel: Snowflake, pin: Pin): void => put(channel, [...of(channel), pin]),
    remove(channel: Snowflake, message: Snowflake): void {
      const left = of(channel).filter((one) => one.message !== message);
      if (left.length < of(channel).length) put(channel, left);
    },
  };
}
