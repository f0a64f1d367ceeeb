import type { Evidence } from './match.ts';
import type { AnnouncementKind } from './paper.ts';
import type { Style } from './subscription.ts';
import type { Target } from './target.ts';

/** Why this target is told of this paper: `first`, or `replace:` and the date of the replacement. Unique with target and paper. */
export type Occasion = 'first' | `replace:${string}`;

/** One paper of a delivery, and what made it match. */
export type DeliveredPaper = {
  readonly paper: string;
  readonly occasion: Occasion;
  readonly kind: AnnouncementKind;
  /** 0 to 1, of the best of `subscriptions`. */
  readonly score: number;
  /** Share of recent papers in `categories`, those of the best of `subscriptions` (none: all), that score less; null where unknown. */
  readonly percentile: number | null;
  readonly categories: readonly string[];
  /** Ids of the target's subscriptions that matched; the best first. */
  readonly subscriptions: readonly string[];
  readonly evidence: readonly Evidence[];
};

/** One message to send, as planned. */
export type PlannedDelivery = {
  /** The same plan made twice gives the same key; the store keeps the first. */
  readonly dedupeKey: string;
  readonly target: string;
  readonly style: Style;
  /** ISO date of the announcement. */
  readonly date: string;
  /** Epoch milliseconds. */
  readonly due: number;
  /** 1 for cards, up to 10 for a digest. */
  readonly papers: readonly DeliveredPaper[];
};

/** A delivery in the hands of the sender. */
export type ClaimedDelivery = PlannedDelivery & {
  readonly id: string;
  /** What kind of place its target is, and in which server (null for a DM). */
  readonly place: Pick<Target, 'kind' | 'guildId'>;
  /** Sends tried before this one. */
  readonly attempts: number;
  /** Epoch milliseconds of the first of them; null before it. */
  readonly firstTriedAt: number | null;
  /**
   * True where nobody knows whether it was sent before: its sender died, the answer was lost, or the database was restored from a backup
   * since, which knows nothing of the posts that came after it.
   */
  readonly mayHaveArrived: boolean;
  /** Discord id of the newest message known in this lane when this one was first tried: it would be newer. Null where none was known. */
  readonly after: string | null;
};

/**
 * How long Discord may still be at work on a request whose answer nobody heard, in real milliseconds. Whoever looks earlier for a post of a
 * forum, which Discord tells by no nonce, may not find it, and post it twice.
 */
export const underWayMs = 30_000;

/** A delivery that was given up, and why. */
export type DeadDelivery = {
  readonly id: string;
  readonly target: string;
  readonly papers: readonly string[];
  readonly reason: string;
  /** Epoch milliseconds. */
  readonly settledAt: number;
};

/** A paper that a target was promised, and what became of the message that is to bring it. */
export type LedgerEntry = {
  readonly occasion: Occasion;
  /** ISO date of the announcement. */
  readonly date: string;
  /** The target's subscriptions that matched, the best first; empty where the message cannot be read any more. */
  readonly subscriptions: readonly string[];
  readonly delivery: string;
  /** `sending`: somebody has it in hand. `uncertain`: nobody knows whether it has arrived; that is looked up before it is sent again. */
  readonly state: 'pending' | 'sending' | 'uncertain' | 'sent' | 'dead';
  /** When it is to be sent, epoch milliseconds; for one that waits for its next try, when that is. */
  readonly due: number;
  /** When it was sent or given up, epoch milliseconds; null while it is open. */
  readonly settledAt: number | null;
  /** What came of the last attempt, for people; null before the first, and once sent. */
  readonly reason: string | null;
  /** Discord's; null until it was sent. */
  readonly messageId: string | null;
};

/** A paper that was sent, and the subscriptions it was for. */
export type SentPaper = { readonly paper: string; readonly date: string; readonly subscriptions: readonly string[] };

/** A message in an announcement channel that the channels that follow it do not have yet. */
export type Unpublished = { readonly id: string; readonly target: string; readonly messageId: string };

/** What came of publishing one. */
export type Publication =
  /** `nextAtMs`: epoch milliseconds before which Discord publishes no other message of this channel; null: it does now. */
  | { readonly kind: 'published'; readonly nextAtMs: number | null }
  /** `atMs`: epoch milliseconds; holds for all messages of its channel. */
  | { readonly kind: 'again'; readonly atMs: number; readonly reason: string }
  | { readonly kind: 'never'; readonly reason: string };

/** What came of one attempt to send. */
export type Outcome =
  /** `laneOpensAtMs`: epoch milliseconds before which Discord takes no other message for this target; null: it takes one now. */
  | { readonly kind: 'sent'; readonly messageId: string; readonly laneOpensAtMs?: number | null }
  /** `atMs`: epoch milliseconds. `mayHaveArrived`: nobody knows whether Discord took it. */
  | { readonly kind: 'retry'; readonly atMs: number; readonly reason: string; readonly mayHaveArrived?: boolean }
  /** Not tried: its readers want quiet until `untilMs` (epoch milliseconds), which becomes the time it is due. */
  | { readonly kind: 'wait'; readonly untilMs: number }
  /** The target cannot be reached until somebody mends it. */
  | { readonly kind: 'pause'; readonly reason: string; readonly mayHaveArrived?: boolean }
  /** The target is no more: its subscriptions end with it. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** Never to be sent; kept with its cause. */
  | { readonly kind: 'dead'; readonly reason: string };
