import { setTimeout as timer } from 'node:timers/promises';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { retry } from '../lib/retry.ts';
import { discordFailure } from './failure.ts';

/** Waits on the machine's clock, in real milliseconds. */
export type Sleep = (durationMs: number) => Promise<void>;

/** Waits between the tries of what starting needs: five tries over 30 s, longer than the short outages of Discord and of a resolver. */
const delaysMs = [1_000, 3_000, 8_000, 18_000];

/**
 * Does what starting needs of Discord, again where its failure may pass by itself: our REST clients never repeat a request. `action` must be
 * one that may be repeated.
 *
 * @param deps.log is told of every failure that is followed by another try
 * @throws what `action` threw last, or at once what will not pass, such as AppError `token-refused`
 */
export function patiently<T>(
  action: () => Promise<T>,
  deps: { readonly log?: Log; readonly sleep?: Sleep },
): Promise<T> {
  const sleep = deps.sleep ?? ((durationMs) => timer(durationMs));
  return retry(action, {
    isWorth: mayPass,
    delaysMs,
    sleep: (durationMs, thrown) => {
      deps.log?.warn({ error: messageOf(thrown) }, `discord: not reached, trying again in ${durationMs / 1_000} s`);
      return sleep(durationMs);
    },
  });
}

/** An AppError names what failed as its cause; a session that did not come in time has none, and was waited for long enough. */
function mayPass(thrown: unknown): boolean {
  const failure = discordFailure(thrown instanceof AppError ? thrown.cause : thrown);
  return failure !== null && failure.kind !== 'refused';
}
