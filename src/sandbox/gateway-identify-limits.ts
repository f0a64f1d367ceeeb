import { widening } from './rate-limits.ts';
import type { LimitsMode } from './rate-limits.ts';

/** How often a bot may start sessions. */
export type IdentifyLimits = {
  /** Shards that may identify in the same interval: those with different rests of `shard % maxConcurrency`. */
  readonly maxConcurrency: number;
  /** 0 lets shards identify at any time. */
  readonly intervalMs: number;
  /** Beyond it the token is reset. */
  readonly perDay: number;
};

/** Discord's own. Source: events/gateway, Identifying and Rate Limiting. */
const real: IdentifyLimits = { maxConcurrency: 1, intervalMs: 5_000, perDay: 1_000 };
/** No limit that anybody meets; the contract's numbers have 32 bits. */
const none: IdentifyLimits = { maxConcurrency: 1_000, intervalMs: 0, perDay: 2 ** 31 - 1 };

const dayMs = 24 * 60 * 60_000;

/** The limits of a mode; `fast` is 100 times wider than Discord's. */
export function identifyLimitsOf(mode: LimitsMode): IdentifyLimits {
  if (mode === 'off') return none;
  const times = widening[mode];
  return { ...real, intervalMs: real.intervalMs / times, perDay: real.perDay * times };
}

export type IdentifyVerdict = 'allowed' | 'too-early' | 'token-reset';

/** Counts what a bot identifies: one shard of each key in an interval, and so many in a day. To resume costs nothing. */
export function createIdentifyLimits(limits: IdentifyLimits, deps: { now: () => number }) {
  const lastMsByKey = new Map<number, number>();
  let day = { endsAt: 0, used: 0 };
  let isTokenReset = false;

  const today = () => {
    const nowMs = deps.now();
    if (day.endsAt <= nowMs) day = { endsAt: nowMs + dayMs, used: 0 };
    return day;
  };

  return {
    identify(shard: number): IdentifyVerdict {
      const counted = today();
      // An identify that comes too early is a call all the same.
      counted.used += 1;
      if (counted.used > limits.perDay) isTokenReset = true;
      if (isTokenReset) return 'token-reset';
      const key = shard % limits.maxConcurrency;
      const sinceMs = deps.now() - (lastMsByKey.get(key) ?? -Infinity);
      // A clock that was set back must not keep the bot out for hours.
      if (sinceMs >= 0 && sinceMs < limits.intervalMs) return 'too-early';
      lastMsByKey.set(key, deps.now());
      return 'allowed';
    },
    /** A token that was reset opens nothing any more, until its owner fetches another: here, until the sandbox starts anew. */
    isTokenReset: (): boolean => isTokenReset,
    /** As `GET /gateway/bot` tells it; the day begins with its first identify. */
    sessionStartLimit: () => ({
      total: limits.perDay,
      remaining: day.endsAt <= deps.now() ? limits.perDay : Math.max(0, limits.perDay - day.used),
      reset_after: Math.max(0, Math.ceil(day.endsAt - deps.now())),
      max_concurrency: limits.maxConcurrency,
    }),
  };
}
