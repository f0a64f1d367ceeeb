import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../src/lib/clock.ts';

/** What tests do to a clock besides asking it. */
type Handled = {
  /** Sets it, forward or back, as an operator or NTP sets the machine's: spans do not change. */
  set(byMs: number): void;
};

/** A clock that jumps: sleeping takes no time and moves it on. */
export function jumpingClock(startMs = 1_000_000): Clock & Handled & { readonly slept: number[] } {
  let setBy = startMs;
  let passedMs = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => setBy + passedMs,
    monotonic: () => passedMs,
    fromReal: (realMs) => realMs,
    sleep: async (durationMs, signal) => {
      if (signal?.aborted) return;
      slept.push(durationMs);
      passedMs += durationMs;
    },
    set: (byMs) => {
      setBy += byMs;
    },
  };
}

/** A clock that stands still until a test has time pass; whoever slept so long wakes then, each at its own time. */
export function handClock(startMs = 1_000_000): Clock & Handled & { pass(durationMs: number): Promise<void> } {
  let setBy = startMs;
  let passedMs = 0;
  const sleepers = new Map<() => void, number>();
  return {
    now: () => setBy + passedMs,
    monotonic: () => passedMs,
    fromReal: (realMs) => realMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        const wake = () => {
          sleepers.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        if (signal?.aborted || durationMs <= 0) return wake();
        sleepers.set(wake, passedMs + durationMs);
        signal?.addEventListener('abort', wake);
      }),
    set: (byMs) => {
      setBy += byMs;
    },
    pass: async (durationMs) => {
      const until = passedMs + durationMs;
      await settled();
      for (;;) {
        const [next] = [...sleepers].toSorted(([, a], [, b]) => a - b);
        if (next === undefined || next[1] > until) break;
        passedMs = next[1];
        next[0]();
        await settled();
      }
      passedMs = until;
    },
  };
}

/** Lets everything run on that waits for nothing but our own store in memory or on a file: no socket, no lock. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await nextTurn();
}
