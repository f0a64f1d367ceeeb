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
const madeUpForMs = 250;

/** The shortest of so many delays is what every answer takes. More than are ever on their way, which one fault may keep waiting. */
const delaysRemembered = 200;

/**
 * A pacer that spreads turns evenly: a burst at the end of one of Discord's seconds and another at the start of the next would be too many.
 *
 * Even so a network that falters may bring at once what left evenly, and Discord counts what comes. A request comes to it somewhere between
 * leaving and its answer, so no more leave than it takes in a second, counting all that are not answered, or were within the last second.
 * Of that second the shortest delay of late is taken off: what every request takes brings none together. So a constant delay costs
 * nothing, and one that varies costs something only where it varies by more than a quarter of a second (at 40 a second).
 *
 * @param perSecond requests in a second of Discord's, that is of real time
 */
export function createPacer(perSecond: number, clock: Pick<Clock, 'monotonic' | 'sleep' | 'fromReal'>): Pacer {
  const intervalMs = clock.fromReal(1_000 / perSecond);
  /** Until when each request that left counts; infinite while it is not answered. */
  let counted: { until: number }[] = [];
  // What every answer takes is not known at first.
  let delays = [0];
  let nextAt = clock.monotonic();
  let lastTurn = Promise.resolve();
  /** Resolves when one more is answered. */
  let answered = Promise.withResolvers<void>();

  /** When the next request may leave; infinite while that depends on an answer. */
  function opensAt(now: number): number {
    counted = counted.filter(({ until }) => until > now);
    if (counted.length < mostInASecond) return nextAt;
    return Math.max(nextAt, Math.min(...counted.map(({ until }) => until)));
  }

  async function turn(): Promise<void> {
    for (let at = opensAt(clock.monotonic()); at > clock.monotonic(); at = opensAt(clock.monotonic())) {
      if (at === Infinity) await answered.promise;
      else await clock.sleep(at - clock.monotonic());
    }
    nextAt = Math.max(nextAt, clock.monotonic() - clock.fromReal(madeUpForMs)) + intervalMs;
  }

  return {
    pace: async (request) => {
      const mine = lastTurn.then(turn);
      lastTurn = mine;
      await mine;
      const leftAt = clock.monotonic();
      const counts = { until: Infinity };
      counted.push(counts);
      try {
        return await request();
      } finally {
        const now = clock.monotonic();
        delays = [...delays, now - leftAt].slice(-delaysRemembered);
        counts.until = now + clock.fromReal(1_000) - Math.min(...delays);
        answered.resolve();
        answered = Promise.withResolvers();
      }
    },
    hold: (realMs) => {
      nextAt = Math.max(nextAt, clock.monotonic() + clock.fromReal(realMs));
    },
  };
}
