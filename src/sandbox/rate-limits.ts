import { createHash } from 'node:crypto';
import type { Endpoint } from './endpoint.ts';
import type { JsonObject } from './json.ts';

/** real: as Discord; fast: every limit 100 times wider; off: none. */
export type LimitsMode = 'real' | 'fast' | 'off';

/** How many times wider than Discord's a mode's limits are. */
export const widening: Readonly<Record<LimitsMode, number>> = { real: 1, fast: 100, off: Infinity };

/** One request too many: how long to wait, and whose limit it was (the bot's for the route, the bot's for all, the resource's). */
export type RateRefusal = { readonly retryAfterS: number; readonly scope: 'user' | 'global' | 'shared' };

type Headers = Readonly<Record<string, string>>;

/** What the limits say of one request: the headers to answer with, and the refusal where it is one too many. */
export type Verdict = { readonly headers: Headers; readonly refused: RateRefusal | null };

type Limited = Pick<Endpoint, 'method' | 'path' | 'access' | 'limit' | 'bucket'>;
type Window = { endsAt: number; used: number };

/** All requests of a bot in one second; interaction answers and webhooks do not count. Source: topics/rate-limits. */
const globalPerSecond = 50;

/** Windows that are over are forgotten once there are this many; looking for them costs O(windows), so it is not done more often. */
const windowsBeforeSweep = 10_000;
const sweepEveryMs = 1_000;

/**
 * Discord's two limits: one over all requests of a bot, and one for each bucket (a route, or several) and major parameter
 * (channel, server, webhook). A window begins with its first request; a refused request uses nothing up.
 */
export function createRateLimits(mode: LimitsMode, deps: { now: () => number }) {
  const windows = new Map<string, Window>();
  let everything: Window = { endsAt: 0, used: 0 };
  let nextSweepMs = 0;

  const windowOf = (key: string, windowMs: number, nowMs: number): Window => {
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > nowMs) return known;
    if (windows.size >= windowsBeforeSweep && nowMs >= nextSweepMs) {
      sweep(windows, nowMs);
      nextSweepMs = nowMs + sweepEveryMs;
    }
    const fresh = { endsAt: nowMs + windowMs, used: 0 };
    windows.set(key, fresh);
    return fresh;
  };

  return {
    mode,
    /** Counts one request to `endpoint`; `majorParameter` is the id that its bucket belongs to, '' for none. */
    count(endpoint: Limited, majorParameter: string): Verdict {
      if (mode === 'off') return { headers: {}, refused: null };
      const nowMs = deps.now();
      if (endpoint.access === 'bot') {
        if (everything.endsAt <= nowMs) everything = { endsAt: nowMs + 1_000, used: 0 };
        if (everything.used >= globalPerSecond * widening[mode]) {
          const refused = { retryAfterS: (everything.endsAt - nowMs) / 1_000, scope: 'global' } as const;
          return { headers: refusalHeaders(refused), refused };
        }
        everything.used += 1;
      }
      const bucket = bucketOf(endpoint);
      const window = windowOf(`${bucket}:${majorParameter}`, endpoint.limit.windowMs, nowMs);
      const limit = endpoint.limit.count * widening[mode];
      const isRefused = window.used >= limit;
      if (!isRefused) window.used += 1;
      const headers = bucketHeaders(bucket, limit, limit - window.used, window.endsAt, nowMs);
      if (!isRefused) return { headers, refused: null };
      const refused = { retryAfterS: (window.endsAt - nowMs) / 1_000, scope: endpoint.limit.scope ?? 'user' };
      return { headers: { ...headers, ...refusalHeaders(refused) }, refused };
    },
    /** The headers of a refusal that nobody deserved: those of a 429 that was ordered. Nothing is counted. */
    headersFor(endpoint: Limited, refused: RateRefusal): Headers {
      if (refused.scope === 'global') return refusalHeaders(refused);
      const nowMs = deps.now();
      const limit = endpoint.limit.count * (mode === 'fast' ? widening.fast : 1);
      // What others did to the resource leaves the bot's own share as it was. Source: the example in topics/rate-limits.
      const remaining = refused.scope === 'shared' ? Math.max(0, limit - 1) : 0;
      const endsAt = nowMs + refused.retryAfterS * 1_000;
      return { ...bucketHeaders(bucketOf(endpoint), limit, remaining, endsAt, nowMs), ...refusalHeaders(refused) };
    },
    /** Forgets every request that was counted. */
    clear(): void {
      windows.clear();
      everything = { endsAt: 0, used: 0 };
    },
  };
}

/** The body of a 429. Source: topics/rate-limits, Rate Limit Response Structure; `code` is 0 where a limit has none of its own. */
export function rateRefusalBody(refused: RateRefusal, code = 0): JsonObject {
  const message = refused.scope === 'shared' ? 'The resource is being rate limited.' : 'You are being rate limited.';
  return { message, retry_after: refused.retryAfterS, global: refused.scope === 'global', code };
}

function bucketHeaders(bucket: string, limit: number, remaining: number, endsAt: number, nowMs: number): Headers {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': (endsAt / 1_000).toFixed(3),
    'x-ratelimit-reset-after': ((endsAt - nowMs) / 1_000).toFixed(3),
    'x-ratelimit-bucket': bucket,
  };
}

function refusalHeaders({ retryAfterS, scope }: RateRefusal): Headers {
  return {
    // Whole seconds, unlike the body's.
    'retry-after': String(Math.ceil(retryAfterS)),
    'x-ratelimit-scope': scope,
    ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
  };
}

const buckets = new Map<string, string>();

/** A bucket's name says nothing of its route, as Discord's does. */
function bucketOf(endpoint: Limited): string {
  const name = endpoint.bucket ?? `${endpoint.method} ${endpoint.path}`;
  const known = buckets.get(name) ?? createHash('md5').update(name).digest('hex');
  buckets.set(name, known);
  return known;
}

function sweep(windows: Map<string, Window>, nowMs: number): void {
  for (const [key, window] of windows) if (window.endsAt <= nowMs) windows.delete(key);
}
