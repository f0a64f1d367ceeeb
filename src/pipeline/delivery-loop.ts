import { underWayMs } from '../domain/delivery.ts';
import type { ClaimedDelivery, Outcome } from '../domain/delivery.ts';
import { restRealMs } from '../lib/clock.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError, isAppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { unwanted } from './attempt.ts';
import { deliverDue } from './deliver.ts';
import type { DeliverDeps } from './deliver.ts';

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
