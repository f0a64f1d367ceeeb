import type { JsonObject } from './json.ts';
import type { Snowflake } from './snowflake.ts';
import type { Keep } from './state-rows.ts';

/** An emoji as a reaction names it: Unicode by its name, custom ones by their id too. */
export type Emoji = { readonly id: Snowflake | null; readonly name: string };

/** Who reacted with one emoji, in the order in which they did. */
export type Reaction = { readonly emoji: Emoji; readonly users: readonly Snowflake[] };

export type SavedReactions = Readonly<Record<Snowflake, readonly Reaction[]>>;

/** Who reacted to which message with what. */
export function createReactions(saved: SavedReactions, keep: Keep) {
  const all = new Map<Snowflake, readonly Reaction[]>(Object.entries(saved));
  const of = (message: Snowflake): readonly Reaction[] => all.get(message) ?? [];
  const put = (message: Snowflake, next: readonly Reaction[]) => {
    if (next.length === 0) all.delete(message);
    else all.set(message, next);
    keep({ kind: 'reactions', parent: '', id: message, body: next.length === 0 ? null : next });
  };
  return {
    of,
    /** False where the person had reacted so already. */
    add(message: Snowflake, emoji: Emoji, user: Snowflake): boolean {
      const known = of(message).find((one) => isSameEmoji(one.emoji, emoji));
      if (known?.users.includes(user) === true) return false;
      const next = { emoji, users: [...(known?.users ?? []), user] };
      put(
        message,
        known === undefined ? [...of(message), next] : of(message).map((one) => (one === known ? next : one)),
      );
      return true;
    },
    /** False where there was no such reaction. */
    remove(message: Snowflake, emoji: Emoji, user: Snowflake): boolean {
      const known = of(message).find((one) => isSameEmoji(one.emoji, emoji));
      if (known?.users.includes(user) !== true) return false;
      const users = known.users.filter((one) => one !== user);
      put(
        message,
        of(message).flatMap((one) => (one !== known ? [one] : users.length === 0 ? [] : [{ ...one, users }])),
      );
      return true;
    },
    /** All of a message, or all with one emoji. */
    clear(message: Snowflake, emoji?: Emoji): void {
      if (!all.has(message)) return;
      put(
        message,
        of(message).filter((one) => emoji !== undefined && !isSameEmoji(one.emoji, emoji)),
      );
    },
  };
}

/** Reactions as a message bears them, in the eyes of `viewer`. */
export function reactionObjects(reactions: readonly Reaction[], viewer: Snowflake | null): JsonObject[] {
  return reactions.map(({ emoji, users }) => ({
    emoji,
    count: users.length,
    count_details: { burst: 0, normal: users.length },
    burst_colors: [],
    me_burst: false,
    burst_me: false,
    me: viewer !== null && users.includes(viewer),
    burst_count: 0,
  }));
}

/** Custom emojis are the same by their id, others by their name. */
export function isSameEmoji(one: Emoji, other: Emoji): boolean {
  return one.id === null ? other.id === null && one.name === other.name : one.id === other.id;
}

/** A Unicode emoji as it stands in a path; undefined for anything else, custom ones included: there are none here. */
export function readEmoji(text: string): Emoji | undefined {
  return /^\p{RGI_Emoji}$/v.test(text) || /^\p{RGI_Emoji}$/v.test(`${text}\uFE0F`)
    ? { id: null, name: text }
    : undefined;
}
