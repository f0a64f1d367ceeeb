import { schedule } from 'node-cron';
import { restRealMs } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

export type Scheduler = {
  /** Stops waking and waits for the tick that runs. */
  stop(): Promise<void>;
};

/** The longest wait between two looks at the cron pattern, in real milliseconds. */
const longestWaitMs = 60_000;

/**
 * Wakes `tick` at once and then every minute (on a faster clock every second or more often), one run at a time: a tick that falls into a running
 * one is skipped, for the next sees all that is due. What is due is the tick's own business.
 *
 * A tick that throws is logged and tried again at the next.
 *
 * @param options.clockRate clock milliseconds per real millisecond
 */
export function startScheduler(
  tick: (signal: AbortSignal) => Promise<void>,
  options: { readonly clockRate: number; readonly log: Log },
): Scheduler {
  const { clockRate, log } = options;
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  const wake = () => {
    running ??= tick(stopping.signal)
      .catch((error: unknown) =>
        log.error({ err: error }, 'scheduler: a tick failed and will be tried again at the next'),
      )
      .finally(() => {
        running = null;
      });
  };

  let timer: NodeJS.Timeout;
  const waitForNext = () => {
    timer = setTimeout(
      () => {
        wake();
        waitForNext();
      },
      clockRate > 1 ? restRealMs(clockRate) : msToNext('* * * * *'),
    );
  };

  wake();
  waitForNext();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await running;
    },
  };
}

/**
 * Real milliseconds until a cron pattern is due. Asked of node-cron anew each time: a task of it that runs on waits, after the machine's
 * clock was set back, until the old time comes again, and walks through every minute that a clock set forward has skipped.
 */
function msToNext(pattern: string): number {
  const task = schedule(pattern, () => {});
  const waitMs = task.msToNext() ?? longestWaitMs;
  void task.destroy();
  return Math.min(waitMs, longestWaitMs);
}
