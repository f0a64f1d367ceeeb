import type { ClaimedDelivery, DeliveredPaper, Outcome } from '../domain/delivery.ts';
import type { Evidence } from '../domain/match.ts';
import type { AnnouncementKind, Paper } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { afterQuiet } from './due.ts';

/** A claimed delivery with its papers as they are now: rendering is left to the sender, as late as possible. */
export type Post = {
  readonly delivery: ClaimedDelivery;
  readonly papers: readonly {
    readonly paper: Paper;
    readonly kind: AnnouncementKind;
    readonly evidence: readonly Evidence[];
    /** How it compares with recent papers in these categories; null where that was not known. */
    readonly relevance?: { readonly percentile: number; readonly categories: readonly string[] } | null;
  }[];
  /** Epoch milliseconds at which it was due, where that is long ago; null where it comes in time. */
  readonly lateSince: number | null;
};

export type AttemptDeps = {
  readonly store: Pick<Store, 'papers' | 'subscriptions'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** The right to send from this database; see src/scheduler/role-lease.ts. */
  readonly lease: { isSure(): boolean };
  /**
   * Renders one post and sends it, unless it has arrived already.
   * Throws AppError('token-refused') where no post can be sent any more; whatever else it throws is a bug with this post.
   */
  readonly send: (post: Post) => Promise<Outcome>;
};

/** Why a post was given up that all its subscribers have left: nothing is wrong with that. */
export const unwantedReason = 'nobody wants it any more';

/** Its promises stay: the target is not told of these papers by a later subscription either. */
export const unwanted: Outcome = { kind: 'dead', reason: unwantedReason };

/** A post that comes so long after it was due says so. */
const lateAfterMs = 3_600_000;

/**
 * Sends one delivery, if somebody still wants it and it is no quiet hour for them: what came of it.
 *
 * @throws AppError that is no fault of this delivery: the token was refused, the database is locked, the lease may be lost
 */
export async function attempt(delivery: ClaimedDelivery, deps: AttemptDeps): Promise<Outcome> {
  try {
    const subscriptions = await deps.store.subscriptions.list({ target: delivery.target });
    const wanted = wantedOf(delivery, subscriptions);
    if (wanted.length === 0) return unwanted;
    const nowMs = deps.clock.now();
    const quietUntil = quietUntilOf(wanted, subscriptions, nowMs);
    // What may have arrived is looked for at once: later ones of its lane would have to wait for it, and it was under way in time.
    if (quietUntil > nowMs && !delivery.mayHaveArrived) return { kind: 'wait', untilMs: quietUntil };
    const papers = await papersOf(delivery.id, wanted, deps);
    requireSure(deps.lease);
    return await deps.send({ delivery, papers, lateSince: nowMs - delivery.due >= lateAfterMs ? delivery.due : null });
  } catch (error) {
    if (error instanceof AppError) {
      // It would be damaged at every other attempt too, and keep its lane waiting.
      if (error.code === 'database-damaged') return { kind: 'dead', reason: error.message };
      throw error;
    }
    deps.log.error({ delivery: delivery.id, err: error }, `deliver: delivery ${delivery.id} met a bug`);
    return { kind: 'dead', reason: `a bug: ${messageOf(error)}` };
  }
}

/** Its papers that a subscription of its target still wants: people may have left since it was planned, hours or a long pause ago. */
function wantedOf(delivery: ClaimedDelivery, subscriptions: readonly StoredSubscription[]): readonly DeliveredPaper[] {
  const ids = new Set(subscriptions.map(({ id }) => id));
  return delivery.papers.filter((paper) => paper.subscriptions.some((id) => ids.has(id)));
}

/** The end of the quiet hours of the subscription that wants it most, or now. */
function quietUntilOf(
  wanted: readonly DeliveredPaper[],
  subscriptions: readonly StoredSubscription[],
  nowMs: number,
): number {
  const byId = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
  const [best] = wanted.flatMap((paper) => paper.subscriptions.flatMap((id) => byId.get(id) ?? []));
  return best ? afterQuiet(best, nowMs) : nowMs;
}

async function papersOf(
  deliveryId: string,
  wanted: readonly DeliveredPaper[],
  { store }: AttemptDeps,
): Promise<Post['papers']> {
  const papers = await store.papers.byIds(wanted.map(({ paper }) => paper));
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  return wanted.map(({ paper: id, kind, evidence, percentile, categories }) => {
    const paper = byId.get(id);
    if (!paper) throw new Error(`deliver: paper ${id} of delivery ${deliveryId} is not in the store`);
    return { paper, kind, evidence, relevance: percentile === null ? null : { percentile, categories } };
  });
}

/** @throws AppError('lease-lost') where another process may have taken over */
export function requireSure(lease: { isSure(): boolean }): void {
  if (lease.isSure()) return;
  throw new AppError('lease-lost', 'deliver: this process may no longer send: another one may have taken over');
}
