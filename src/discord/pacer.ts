import type { Clock } from '../lib/clock.ts';

/** Lets requests through one after another, never faster than Discord allows a bot. */
export type Pacer = {
  /** Makes a request when its turn has come. */
  pace<T>(request: () => Promise<T>): Promise<T>;
  /** Nobody's turn comes for so long, in real milliseconds: Discord wants silence. */
  hold(realMs: number): void;
};

/** Requests of a bot that Discord takes in one second. Source: Discord, “Rate Limits”, Global Rate Limit. */
const mostInASecond = 50;

/** Turns that were missed by so much, in real milliseconds, are made up for: timers are late, and the rate is to be reached. */
const madeUpForMs = 50;

/**
 * A pacer that spreads turns evenly: a burst at the end of one of Discord's seconds and another at the start of the next would be too many.
 *
 * Even so a slow network may bring late what left in time, and Discord counts what comes. A request comes to it somewhere between leaving
 * and its answer; so no more leave than Discord takes in a second, counting all that are not answered, or were within the last second.
 * That costs nothing while answers come within a quarter of a second (at 40 a second).
 *
 * @param perSecond requests in a second of Discord's, that is of real time
 */
export function createPacer(perSecond: number, clock: Pick<Clock, 'monotonic' | 'sleep' | 'fromReal'>): Pacer {
  const intervalMs = clock.fromReal(1_000 / perSecond);
  const secondMs = clock.fromReal(1_000);
  /** Until when each request that left counts, in the order of leaving; infinite while it is not answered. */
  let counted: { until: number }[] = [];
  let nextAt = clock.monotonic();
  let lastTurn = Promise.resolve();
  /** Resolves when one more is answered. */
  let answered = Promise.withResolvers<void>();

  async function turn(): Promise<{ until: number }> {
    for (;;) {
      const now = clock.monotonic();
      counted = counted.filter(({ until }) => until > now);
      const freeAt = counted.length < mostInASecond ? now : Math.min(...counted.map(({ until }) => until));
      const at = Math.max(nextAt, freeAt);
      if (at <= now) break;
      if (at === Infinity) await answered.promise;
      else await clock.sleep(at - now);
    }
    nextAt = Math.max(nextAt, clock.monotonic() - clock.fromReal(madeUpForMs)) + intervalMs;
    const request = { until: Infinity };
    counted.push(request);
    return request;
  }

  return {
    pace: async (request) => {
      const mine = lastTurn.then(turn);
      lastTurn = mine.then(() => undefined);
      const left = await mine;
      try {
        return await request();
      } finally {
        left.until = clock.monotonic() + secondMs;
        answered.resolve();
        answered = Promise.withResolvers();
      }
    },
    hold: (realMs) => {
      nextAt = Math.max(nextAt, clock.monotonic() + clock.fromReal(realMs));
    },
  };
}
