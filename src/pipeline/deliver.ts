import { underWayMs } from '../domain/delivery.ts';
import type { ClaimedDelivery, DeliveredPaper, Outcome } from '../domain/delivery.ts';
import type { Evidence } from '../domain/match.ts';
import type { AnnouncementKind, Paper } from '../domain/paper.ts';
import type { Store } from '../domain/ports.ts';
import type { StoredSubscription } from '../domain/subscription.ts';
import { restRealMs } from '../lib/clock.ts';
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
  }[];
  /** Epoch milliseconds at which it was due, where that is long ago; null where it comes in time. */
  readonly lateSince: number | null;
};

export type DeliverDeps = {
  readonly store: Pick<Store, 'deliveries' | 'papers' | 'subscriptions'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The right to send from this database; see src/scheduler/role-lease.ts. */
  readonly lease: { readonly holder: string; isSure(): boolean };
  /**
   * Renders one post and sends it, unless it has arrived already.
   * Throws AppError('token-refused') where no post can be sent any more; whatever else it throws is a bug with this post.
   */
  readonly send: (post: Post) => Promise<Outcome>;
  /** True while nothing may be sent, for Discord would block us. */
  readonly isBlocked: () => boolean;
  /** Channels posted to at the same time. */
  readonly parallelChannels: number;
};

export type Delivered = { readonly delivery: ClaimedDelivery; readonly outcome: Outcome };

/**
 * Sends everything that is due, several channels at a time and each in order, and settles each; yields what came of every attempt.
 * Ends when nothing is due, nothing may be sent, `signal` aborts or its reader turns away; what is being sent is finished first.
 *
 * @throws AppError('token-refused'), AppError('lease-lost'), or whatever kept a delivery from being settled, after the others under way
 *   were settled and yielded: a send whose outcome nobody records is `uncertain`
 */
export async function* deliverDue(deps: DeliverDeps, signal?: AbortSignal): AsyncGenerator<Delivered> {
  const { store, clock, lease, parallelChannels } = deps;
  const underWay = new Map<
    string,
    Promise<{ readonly id: string; readonly settled: PromiseSettledResult<Delivered> }>
  >();
  let failure: { readonly reason: unknown } | null = null;

  const mayClaim = () => !failure && !signal?.aborted && !deps.isBlocked();
  try {
    for (;;) {
      // Half of them at once and not one by one: claiming is a transaction of its own.
      if (mayClaim() && underWay.size <= parallelChannels / 2) {
        const limit = parallelChannels - underWay.size;
        const claimed = await store.deliveries
          .claim({ sender: lease.holder, nowMs: clock.now(), limit })
          .catch((reason: unknown) => {
            failure = { reason };
            return [];
          });
        for (const delivery of claimed) {
          const settled = Promise.allSettled([deliver(delivery, deps, signal)]);
          underWay.set(
            delivery.id,
            settled.then(([result]) => ({ id: delivery.id, settled: result })),
          );
        }
      }
      if (underWay.size === 0) break;
      const { id, settled } = await Promise.race(underWay.values());
      underWay.delete(id);
      if (settled.status === 'fulfilled') yield settled.value;
      else failure ??= { reason: settled.reason };
    }
  } finally {
    await Promise.all(underWay.values());
  }
  if (failure) throw failure.reason;
}

/** How long the loop rests when something went wrong, in real milliseconds. */
const troubleRestMs = 1_000;

/** Takes over what a sender that is gone left unsettled: how many there were. To be called before the first claim. */
export async function adoptUnsettled({
  store,
  clock,
  lease,
}: Pick<DeliverDeps, 'store' | 'clock' | 'lease'>): Promise<number> {
  return store.deliveries.adopt(lease.holder, clock.now() + clock.fromReal(underWayMs));
}

/**
 * Delivers whatever falls due until `signal` aborts, whoever queued it: this process or another on the same database.
 *
 * Whatever goes wrong is logged and tried again, for posts wait in the outbox meanwhile.
 *
 * @param rest waits before it looks again; whoever knows that something was queued may cut it short
 * @throws AppError('token-refused') only: nothing can be sent any more
 */
export async function runDeliveryLoop(
  deps: DeliverDeps,
  signal: AbortSignal,
  rest: Clock['sleep'] = deps.clock.sleep,
): Promise<void> {
  const { clock, log, lease } = deps;
  let isAdopted = false;
  while (!signal.aborted) {
    // When nothing is due any more: somebody else may queue something.
    let restMs = restRealMs(clock.fromReal(1));
    try {
      // Until it is sure of its lease again, a successor may have in hand what looks left behind.
      if (!isAdopted && lease.isSure()) {
        const adopted = await adoptUnsettled(deps);
        if (adopted > 0) log.warn({ adopted }, `deliver: ${adopted} posts were under way when their sender stopped`);
        isAdopted = true;
      }
      if (isAdopted) {
        for await (const { delivery, outcome } of deliverDue(deps, signal)) logOutcome(log, delivery, outcome);
      }
    } catch (error) {
      if (isAppError(error, 'token-refused')) throw error;
      // Whatever could not be settled is nobody's now.
      isAdopted = false;
      restMs = troubleRestMs;
      if (!isAppError(error, 'lease-lost')) logFailure(log, error);
    }
    await rest(clock.fromReal(restMs), signal);
  }
}

async function deliver(delivery: ClaimedDelivery, deps: DeliverDeps, signal?: AbortSignal): Promise<Delivered> {
  const outcome = await attempt(delivery, deps);
  await settle(delivery, outcome, deps, signal);
  return { delivery, outcome };
}

/** Waits between the tries to settle, in real milliseconds: a full disk, a database that restarts. */
const settleDelaysMs = [250, 1_000, 2_000];

/** Settles for as long as it takes: what was sent and is not recorded would have to be looked for. */
async function settle(
  delivery: ClaimedDelivery,
  outcome: Outcome,
  { store, clock, log, lease }: DeliverDeps,
  signal?: AbortSignal,
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await store.deliveries.settle(lease.holder, delivery.id, outcome, clock.now());
      return;
    } catch (error) {
      if (!isAppError(error, 'database-unavailable') || signal?.aborted || !lease.isSure()) throw error;
      log.error({ delivery: delivery.id, outcome: outcome.kind }, `deliver: not recorded yet: ${messageOf(error)}`);
      await clock.sleep(clock.fromReal(settleDelaysMs[Math.min(tries, settleDelaysMs.length - 1)] ?? 0), signal);
    }
  }
}

/** Why a post was given up that all its subscribers have left: nothing is wrong with that. */
export const unwantedReason = 'nobody wants it any more';

/** Its promises stay: the target is not told of these papers by a later subscription either. */
const unwanted: Outcome = { kind: 'dead', reason: unwantedReason };

/** A post that comes so long after it was due says so. */
const lateAfterMs = 3_600_000;

/** @throws AppError that is no fault of this delivery: the token was refused, the database is locked, the lease may be lost */
async function attempt(delivery: ClaimedDelivery, deps: DeliverDeps): Promise<Outcome> {
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

/** @throws AppError('lease-lost') where another process may have taken over */
export function requireSure(lease: { isSure(): boolean }): void {
  if (lease.isSure()) return;
  throw new AppError('lease-lost', 'deliver: this process may no longer send: another one may have taken over');
}

function isAppError(error: unknown, code: string): error is AppError {
  return error instanceof AppError && error.code === code;
}

function logFailure(log: Log, error: unknown): void {
  const next = `deliver: will go on in ${troubleRestMs / 1_000} s`;
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
    case 'wait':
      return log.debug(fields, `deliver: ${papers} to channel ${delivery.target} waits for the end of quiet hours`);
    case 'pause':
      return log.warn(fields, `deliver: channel ${delivery.target} is paused: ${outcome.reason}`);
    case 'gone':
      return log.warn(
        fields,
        `deliver: channel ${delivery.target} and its subscriptions are given up: ${outcome.reason}`,
      );
    case 'dead':
      if (outcome === unwanted)
        return log.info(fields, `deliver: ${papers} is not posted to channel ${delivery.target}: ${outcome.reason}`);
      return log.error(fields, `deliver: ${papers} to channel ${delivery.target} was given up: ${outcome.reason}`);
  }
}
