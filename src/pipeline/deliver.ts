import type { ClaimedDelivery, Outcome } from '../domain/delivery.ts';
import type { Evidence } from '../domain/match.ts';
import type { AnnouncementKind, Paper } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
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
  readonly store: Pick<Store, 'deliveries' | 'papers'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Sends one post. Throws only where no post can be sent any more (the token was refused). */
  readonly send: (post: Post) => Promise<Outcome>;
  /** Channels posted to at the same time. */
  readonly parallelChannels: number;
  readonly leaseMs: number;
};

export type Delivered = { readonly delivery: ClaimedDelivery; readonly outcome: Outcome };

/**
 * Sends everything that is due, channel by channel in order, and settles each; yields what came of every attempt.
 * Ends when nothing is due or `signal` aborts; what is being sent is finished first.
 */
export async function* deliverDue(deps: DeliverDeps, signal?: AbortSignal): AsyncGenerator<Delivered> {
  const { store, clock, leaseMs, parallelChannels } = deps;
  while (!signal?.aborted) {
    const claimed = await store.deliveries.claim({ nowMs: clock.now(), leaseMs, limit: parallelChannels });
    if (claimed.length === 0) return;
    yield* await Promise.all(claimed.map((delivery) => deliver(delivery, deps)));
  }
}

/** How long the loop rests when nothing is due, on our clock. */
const idleMs = 1_000;

/** Delivers whatever falls due until `signal` aborts, whoever queued it: this process or another on the same database. */
export async function runDeliveryLoop(deps: DeliverDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for await (const { delivery, outcome } of deliverDue(deps, signal)) logOutcome(deps.log, delivery, outcome);
    await deps.clock.sleep(idleMs, signal);
  }
}

async function deliver(delivery: ClaimedDelivery, deps: DeliverDeps): Promise<Delivered> {
  const outcome = await deps.send({ delivery, papers: await papersOf(delivery, deps) });
  await deps.store.deliveries.settle(delivery.id, outcome, deps.clock.now());
  return { delivery, outcome };
}

async function papersOf(delivery: ClaimedDelivery, { store }: DeliverDeps): Promise<Post['papers']> {
  const papers = await store.papers.byIds(delivery.papers.map(({ paper }) => paper));
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  return delivery.papers.map(({ paper: id, kind, evidence }) => {
    const paper = byId.get(id);
    if (!paper) throw new Error(`deliver: paper ${id} of delivery ${delivery.id} is not in the store`);
    return { paper, kind, evidence };
  });
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
      return log.error(fields, `deliver: ${papers} to channel ${delivery.target} was given up: ${outcome.reason}`);
  }
}
