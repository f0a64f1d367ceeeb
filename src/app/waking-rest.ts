import type { Clock } from '../lib/clock.ts';

/** A rest that can be cut short. */
export type WakingRest = {
  /** As the clock's own sleep, but ends at the next `wake`. */
  readonly sleep: Clock['sleep'];
  /** Ends the rest under way; without one, does nothing. */
  wake(): void;
};

/** For who looks again every now and then, and sometimes is told that looking is worth while. */
export function createWakingRest(clock: Pick<Clock, 'sleep'>): WakingRest {
  let woken = new AbortController();
  return {
    sleep: (durationMs, signal) => {
      woken = new AbortController();
      return clock.sleep(durationMs, signal ? AbortSignal.any([signal, woken.signal]) : woken.signal);
    },
    wake: () => woken.abort(),
  };
}
