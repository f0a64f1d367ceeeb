/**
 * Our clock. Every "now", lease and wait goes through it, so that a simulated morning, a test and a real one are one code path.
 */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
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
  return {
    now: () => (followsMachine ? Date.now() : Math.floor(startedAt + (performance.now() - startedReal) * rate)),
    sleep: (durationMs, signal) => sleepReal(Math.max(0, durationMs / rate), signal),
  };
}

/** The longest delay setTimeout takes; beyond it Node fires at once. */
const longestTimeoutMs = 2 ** 31 - 1;

function sleepReal(durationMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(durationMs, longestTimeoutMs));
    signal?.addEventListener('abort', done, { once: true });
  });
}
