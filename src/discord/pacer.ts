import type { Clock } from '../lib/clock.ts';

/** Lets requests through one after another, never faster than Discord allows a bot. */
export type Pacer = {
  /** Resolves when the next request may leave. */
  turn(): Promise<void>;
  /** Nobody's turn comes for so long, in real milliseconds: Discord wants silence. */
  hold(realMs: number): void;
};

/** Turns that were missed by so much, in real milliseconds, are made up for: timers are late, and the rate is to be reached. */
const madeUpForMs = 250;

/**
 * A pacer that spreads turns evenly: a burst at the end of one of Discord's seconds and another at the start of the next would be too many.
 *
 * @param perSecond requests in a second of Discord's, that is of real time
 */
export function createPacer(perSecond: number, clock: Pick<Clock, 'monotonic' | 'sleep' | 'fromReal'>): Pacer {
  const intervalMs = clock.fromReal(1_000 / perSecond);
  let nextAt = clock.monotonic();
  let last = Promise.resolve();

  async function next(before: Promise<void>): Promise<void> {
    await before;
    // Held anew while it waited, a turn waits on.
    while (nextAt > clock.monotonic()) await clock.sleep(nextAt - clock.monotonic());
    nextAt = Math.max(nextAt, clock.monotonic() - clock.fromReal(madeUpForMs)) + intervalMs;
  }

  return {
    turn: () => {
      // One behind the other: whoever waits when Discord wants silence is spread out afterwards too.
      last = next(last);
      return last;
    },
    hold: (realMs) => {
      nextAt = Math.max(nextAt, clock.monotonic() + clock.fromReal(realMs));
    },
  };
}
