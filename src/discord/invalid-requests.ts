import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

/** Discord blocks an address that made 10,000 invalid requests within ten minutes; we stop at half of that. */
const mostInvalid = 5_000;
const windowMs = 10 * 60_000;

/** Counts what Discord counts against our address, and says when to stop. */
export type InvalidRequests = {
  /** Takes note of an answer. */
  count(status: number, scope: string | null): void;
  /** True while so many were refused lately that we had better be silent. */
  isTooMany(): boolean;
};

/**
 * Counts answers 401, 403 and 429, but for those of a limit that we share with others, in the last ten real minutes.
 * Source: Discord, “Rate Limits”, Invalid Request Limit.
 */
export function createInvalidRequests(
  clock: Pick<Clock, 'monotonic' | 'fromReal'>,
  log: Log,
  most = mostInvalid,
): InvalidRequests {
  // One number a minute: the window moves in steps, and errs on the careful side.
  const perMinute = new Map<number, number>();
  const minuteNow = () => Math.floor(clock.monotonic() / clock.fromReal(60_000));
  let wasTooMany = false;

  function total(): number {
    const oldest = minuteNow() - windowMs / 60_000;
    for (const minute of perMinute.keys()) if (minute < oldest) perMinute.delete(minute);
    return [...perMinute.values()].reduce((sum, count) => sum + count, 0);
  }

  return {
    count: (status, scope) => {
      const isInvalid = status === 401 || status === 403 || (status === 429 && scope !== 'shared');
      if (isInvalid) perMinute.set(minuteNow(), (perMinute.get(minuteNow()) ?? 0) + 1);
    },
    isTooMany: () => {
      const isTooMany = total() >= most;
      if (isTooMany !== wasTooMany) {
        const sentence = isTooMany
          ? `discord: ${most} requests were refused within ten minutes; nothing is sent until that is over, or Discord would block this address`
          : 'discord: few requests were refused lately; sending goes on';
        log[isTooMany ? 'error' : 'warn']({}, sentence);
        wasTooMany = isTooMany;
      }
      return isTooMany;
    },
  };
}
