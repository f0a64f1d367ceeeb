import { schedule } from 'node-cron';
import type { Log } from '../lib/log.ts';

export type Scheduler = {
  /** Stops waking and waits for the tick that runs. */
  stop(): Promise<void>;
};

/**
 * Wakes `tick` at once and then every minute (every second on a faster clock), one run at a time: a tick that falls into a running
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

  const task = schedule(clockRate > 1 ? '* * * * * *' : '* * * * *', wake, { suppressMissedWarning: true });
  wake();
  return {
    stop: async () => {
      stopping.abort();
      await task.destroy();
      await running;
    },
  };
}
