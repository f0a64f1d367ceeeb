import type { ClaimedDelivery, DeliveredPaper, Outcome } from '../domain/delivery.ts';
import type { Evidence } from '../domain/match.ts';
import type { AnnouncementKind, Paper } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

/** A claimed delivery with its papers as they are now: rendering is left to the sender, as late as possible. */
export type Post = {
  readonly delivery: ClaimedDelivery;
  readonly papers: readonly {
    readonly paper: Paper;
    readonly kind: AnnouncementKind;
    readonly evidence: readonly Evidence[];
  }[];
};

export type DeliverDeps = {
  readonly store: Pick<Store, 'deliveries' | 'papers' | 'subscriptions'>;
  readonly clock: Clock;
  readonly log: Log;
  /**
   * Renders one post and sends it.
   * Throws AppError('token-refused') where no post can be sent any more; whatever else it throws is a bug with this post.
   */
  readonly send: (post: Post) => Promise<Outcome>;
  /** Channels posted to at the same time. */
  readonly parallelChannels: number;
  readonly leaseMs: number;
};

export type Delivered = { readonly delivery: ClaimedDelivery; readonly outcome: Outcome };

/**
 * Sends everything that is due, channel by channel in order, and settles each; yields what came of every attempt.
 * Ends when nothing is due or `signal` aborts; what is being sent is finished first.
 *
 * @throws AppError('token-refused'), or whatever kept a delivery from being settled, after the others of its round were settled and
 *   yielded: a send under way whose outcome nobody records would be posted again
 */
export async function* deliverDue(deps: DeliverDeps, signal?: AbortSignal): AsyncGenerator<Delivered> {
  const { store, clock, leaseMs, parallelChannels } = deps;
  while (!signal?.aborted) {
    const claimed = await store.deliveries.claim({ nowMs: clock.now(), leaseMs, limit: parallelChannels });
    if (claimed.length === 0) return;
    const settled = await Promise.allSettled(claimed.map((delivery) => deliver(delivery, deps)));
    for (const result of settled) if (result.status === 'fulfilled') yield result.value;
    const failed = settled.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

/** How long the loop rests when nothing is due or something went wrong, on our clock. */
const idleMs = 1_000;

/**
 * Delivers whatever falls due until `signal` aborts, whoever queued it: this process or another on the same database.
 *
 * Whatever goes wrong is logged and tried again, for posts wait in the outbox meanwhile.
 *
 * @throws AppError('token-refused') only: nothing can be sent any more
 */
export async function runDeliveryLoop(deps: DeliverDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const { delivery, outcome } of deliverDue(deps, signal)) logOutcome(deps.log, delivery, outcome);
    } catch (error) {
      if (isTokenRefused(error)) throw error;
      logFailure(deps.log, error);
    }
    await deps.clock.sleep(idleMs, signal);
  }
}

async function deliver(delivery: ClaimedDelivery, deps: DeliverDeps): Promise<Delivered> {
  const outcome = await attempt(delivery, deps);
  await deps.store.deliveries.settle(delivery.id, outcome, deps.clock.now());
  return { delivery, outcome };
}

/** Its promises stay: the target is not told of these papers by a later subscription either. */
const unwanted: Outcome = { kind: 'dead', reason: 'nobody wants it any more' };

/** @throws AppError that is no fault of this delivery: the token was refused, the database is locked */
async function attempt(delivery: ClaimedDelivery, deps: DeliverDeps): Promise<Outcome> {
  try {
    const wanted = await wantedOf(delivery, deps);
    if (wanted.length === 0) return unwanted;
    return await deps.send({ delivery, papers: await papersOf(delivery.id, wanted, deps) });
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
async function wantedOf(delivery: ClaimedDelivery, { store }: DeliverDeps): Promise<readonly DeliveredPaper[]> {
  const subscriptions = await store.subscriptions.list({ target: delivery.target });
  const ids = new Set(subscriptions.map(({ id }) => id));
  return delivery.papers.filter((paper) => paper.subscriptions.some((id) => ids.has(id)));
}

async function papersOf(
  deliveryId: string,
  wanted: readonly DeliveredPaper[],
  { store }: DeliverDeps,
): Promise<Post['papers']> {
  const papers = await store.papers.byIds(wanted.map(({ paper }) => paper));
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  return wanted.map(({ paper: id, kind, evidence }) => {
    const paper = byId.get(id);
    if (!paper) throw new Error(`deliver: paper ${id} of delivery ${deliveryId} is not in the store`);
    return { paper, kind, evidence };
  });
}

function isTokenRefused(error: unknown): boolean {
  return error instanceof AppError && error.code === 'token-refused';
}

function logFailure(log: Log, error: unknown): void {
  const next = `deliver: will go on in ${idleMs / 1_000} s`;
  if (error instanceof AppError) log.error({ code: error.code }, `${next}: ${error.message}`);
  else log.error({ err: error }, `${next} after a bug: ${messageOf(error)}`);
}

function logOutcome(log: Log, delivery: ClaimedDelivery, outcome: Outcome): void {
  const fields = { delivery: delivery.id, channel: delivery.target, attempts: delivery.attempts + 1, ...outcome };
  const papers = delivery.papers.map(({ paper }) => paper).join(', ');
  switch (outcome.kind) {
    case 'sent':
      return log.info(fields, `deliver: ${papers} posted to channel ${delivery.target}`);
    case 'retry':
      return log.warn(
        fields,
        `deliver: ${papers} to channel ${delivery.target} will be tried again: ${outcome.reason}`,
      );
    case 'pause':
      return log.warn(fields, `deliver: channel ${delivery.target} is paused: ${outcome.reason}`);
    case 'dead':
      if (outcome === unwanted)
        return log.info(fields, `deliver: ${papers} is not posted to channel ${delivery.target}: ${outcome.reason}`);
      return log.error(fields, `deliver: ${papers} to channel ${delivery.target} was given up: ${outcome.reason}`);
  }
}
