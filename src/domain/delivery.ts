import type { Evidence } from './match.ts';
import type { AnnouncementKind } from './paper.ts';
import type { Style } from './subscription.ts';

/** Why this target is told of this paper: `first`, or `replace:` and the date of the replacement. Unique with target and paper. */
export type Occasion = 'first' | `replace:${string}`;

/** One paper of a delivery, and what made it match. */
export type DeliveredPaper = {
  readonly paper: string;
  readonly occasion: Occasion;
  readonly kind: AnnouncementKind;
  /** 0 to 1, of the best of `subscriptions`. */
  readonly score: number;
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

/** A delivery in the outbox, leased to a sender. */
export type ClaimedDelivery = PlannedDelivery & {
  readonly id: string;
  /** Sends tried before this one. */
  readonly attempts: number;
};

/** What came of one attempt to send. */
export type Outcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** `atMs`: epoch milliseconds. */
  | { readonly kind: 'retry'; readonly atMs: number; readonly reason: string }
  /** The target cannot be reached until somebody mends it. */
  | { readonly kind: 'pause'; readonly reason: string }
  /** Never to be sent; kept with its cause. */
  | { readonly kind: 'dead'; readonly reason: string };
