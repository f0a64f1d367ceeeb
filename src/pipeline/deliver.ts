import type { ClaimedDelivery, Outcome } from '../domain/delivery.ts';
import type { Store } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { isAppError, messageOf } from '../lib/errors.ts';
import { attempt } from './attempt.ts';
import type { AttemptDeps } from './attempt.ts';

export type DeliverDeps = AttemptDeps & {
  readonly store: Pick<Store, 'deliveries'>;
  readonly clock: Clock;
  readonly lease: { readonly holder: string };
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
