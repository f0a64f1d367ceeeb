import type { Publication, Unpublished } from '../domain/delivery.ts';
import type { Store } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError, isAppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

export type PublishDeps = {
  readonly store: Pick<Store, 'deliveries'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The right to send from this database. */
  readonly lease: { isSure(): boolean };
  /** Throws AppError('token-refused') where nothing can be published any more; whatever else it throws is a bug with this message. */
  readonly publish: (message: Unpublished) => Promise<Publication>;
  /** True while nothing may be sent, for Discord would block us. */
  readonly isBlocked: () => boolean;
  /** True while posts are being sent, which come first. */
  readonly isSending: () => boolean;
};

/** How long the loop rests, in real milliseconds. */
const idleMs = 1_000;

/** Messages asked for at once: as many as go out in a second or so, one after another. */
const batch = 10;

/** No wait of ours is longer: asking once an hour hurts nobody. */
const longestWaitMs = 3_600_000;

/**
 * Publishes messages of announcement channels whenever no post needs the way, until `signal` aborts.
 *
 * Whatever goes wrong is logged and tried again, for the outbox knows what waits.
 *
 * @throws AppError('token-refused') only
 */
export async function runPublishLoop(deps: PublishDeps, signal: AbortSignal): Promise<void> {
  const { clock, log } = deps;
  while (!signal.aborted) {
    try {
      await publishWaiting(deps, signal);
    } catch (error) {
      if (isAppError(error, 'token-refused')) throw error;
      if (error instanceof AppError) log.error({ code: error.code }, `publish: ${error.message}`);
      else log.error({ err: error }, `publish: met a bug: ${messageOf(error)}`);
    }
    await clock.sleep(clock.fromReal(idleMs), signal);
  }
}

/**
 * Publishes what waits and may be published now; ends early where posts come in between.
 *
 * @throws AppError('token-refused'), or whatever kept what came of it from being recorded
 */
export async function publishWaiting(deps: PublishDeps, signal?: AbortSignal): Promise<void> {
  const mayGoOn = () => !signal?.aborted && deps.lease.isSure() && !deps.isBlocked() && !deps.isSending();
  while (mayGoOn()) {
    const waiting = await deps.store.deliveries.unpublished(deps.clock.now(), batch);
    if (waiting.length === 0) return;
    for (const message of waiting) {
      if (!mayGoOn()) return;
      await publishOne(message, deps);
    }
  }
}

async function publishOne(message: Unpublished, deps: PublishDeps): Promise<void> {
  const { store, clock, log } = deps;
  const publication = await attempt(message, deps);
  const latestMs = clock.now() + longestWaitMs;
  const fields = { delivery: message.id, channel: message.target, message: message.messageId };
  const what = `publish: message ${message.messageId} of channel ${message.target}`;
  switch (publication.kind) {
    case 'published':
      log.info(fields, `${what} reached the channels that follow it`);
      await store.deliveries.published(message, null);
      // The others of the channel: asked too early, Discord would refuse them, and count that against us.
      if (publication.nextAtMs !== null) {
        await store.deliveries.published(message, Math.min(publication.nextAtMs, latestMs));
      }
      return;
    case 'never':
      log.warn(fields, `${what} stays in its channel: ${publication.reason}`);
      return store.deliveries.published(message, null);
    default:
      log.warn(fields, `${what} will be published later: ${publication.reason}`);
      return store.deliveries.published(message, Math.min(publication.atMs, latestMs));
  }
}

/** A bug with one message must not keep the others waiting. */
async function attempt(message: Unpublished, deps: PublishDeps): Promise<Publication> {
  try {
    return await deps.publish(message);
  } catch (error) {
    if (error instanceof AppError) throw error;
    deps.log.error({ delivery: message.id, err: error }, `publish: message ${message.messageId} met a bug`);
    return { kind: 'never', reason: `a bug: ${messageOf(error)}` };
  }
}
