/**
 * Our clock. Every "now", lease and wait goes through it, so that a simulated morning, a test and a real one are one code path.
 */
export type Clock = {
  /** Epoch milliseconds. The machine's clock may be set: this jumps with it. */
  now(): number;
  /** Milliseconds since some moment, for spans: never jumps. */
  monotonic(): number;
  /** How long a stretch of the machine's time is on this clock: whatever Discord or arXiv measures is in real milliseconds. */
  fromReal(realMs: number): number;
  /** Resolves after `durationMs` on this clock, or at once when `signal` aborts; never rejects. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
};

/**
 * A clock that starts at `startAtMs` and runs `rate` times as fast as the machine's.
 *
 * @param options.startAtMs epoch milliseconds; the machine's own time when left out
 * @param options.rate clock milliseconds per real millisecond, > 0
 */
export function createClock(options: { startAtMs?: number; rate?: number } = {}): Clock {
  const rate = options.rate ?? 1;
  const startedReal = performance.now();
  const startedAt = options.startAtMs ?? Date.now();
  const followsMachine = options.startAtMs === undefined && rate === 1;
  const monotonic = () => (performance.now() - startedReal) * rate;
  return {
    now: () => (followsMachine ? Date.now() : Math.floor(startedAt + monotonic())),
    monotonic,
    fromReal: (realMs) => realMs * rate,
    sleep: async (durationMs, signal) => {
      // Timers fire up to a millisecond early, and take no more than 24 days: both are made good here.
      const until = monotonic() + durationMs;
      for (let leftMs = durationMs; leftMs > 0 && !signal?.aborted; leftMs = until - monotonic()) {
        await timer(Math.min(Math.ceil(leftMs / rate), longestTimeoutMs), signal);
      }
    },
  };
}

/**
 * How long whoever looks for what is due rests between two looks, in real milliseconds: a second, but on a faster clock no more than a
 * minute of its time, for hours shall be hours there too; and never less than 50 ms (four minutes at 5,000 times).
 *
 * @param rate clock milliseconds per real millisecond
 */
export function restRealMs(rate: number): number {
  return Math.min(1_000, Math.max(60_000 / rate, 50));
}

/** The longest delay setTimeout takes; beyond it Node fires at once. */
const longestTimeoutMs = 2 ** 31 - 1;

function timer(realMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timeout);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timeout = setTimeout(done, realMs);
    signal?.addEventListener('abort', done, { once: true });
  });
}
