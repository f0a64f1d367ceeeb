import { widening } from './rate-limits.ts';
import type { LimitsMode } from './rate-limits.ts';

/** So many invalid requests of one address in `windowMs` are one too many. Source: topics/rate-limits, Cloudflare bans. */
const banningCount = 10_000;
const windowMs = 10 * 60_000;

/** What `GET control/limits` shows; `limit` is null where none holds, `windowEndsInMs` where no window is open. */
export type InvalidRequestsView = {
  readonly invalidRequests: {
    readonly count: number;
    readonly limit: number | null;
    readonly windowEndsInMs: number | null;
  };
  readonly banned: boolean;
};

/**
 * The count that gets a bot banned by what stands before Discord: answers of 401, 403 and 429, those of a shared limit
 * aside. Its window begins with the first of them and is not made longer by what is refused in a ban. Without limits
 * they are counted all the same, and nobody is banned.
 */
export function createInvalidRequests(mode: LimitsMode, deps: { now: () => number }) {
  const limit = banningCount * widening[mode];
  let window = { endsAt: 0, count: 0 };
  const current = (): typeof window => {
    if (window.endsAt <= deps.now()) window = { endsAt: 0, count: 0 };
    return window;
  };

  return {
    /** Counts an answer that was given; `scope` is the one of its rate limit, undefined where there is none. */
    count(status: number, scope: string | undefined): void {
      if (![401, 403, 429].includes(status) || scope === 'shared') return;
      const { endsAt, count } = current();
      if (count < limit) window = { endsAt: count === 0 ? deps.now() + windowMs : endsAt, count: count + 1 };
    },
    /** For how long nobody is heard any more; null for an address in good standing. */
    bannedForS(): number | null {
      const { endsAt, count } = current();
      return count >= limit ? (endsAt - deps.now()) / 1_000 : null;
    },
    view(): InvalidRequestsView {
      const { endsAt, count } = current();
      const windowEndsInMs = count === 0 ? null : endsAt - deps.now();
      return {
        invalidRequests: { count, limit: mode === 'off' ? null : limit, windowEndsInMs },
        banned: count >= limit,
      };
    },
    clear(): void {
      window = { endsAt: 0, count: 0 };
    },
  };
}
