import type { Endpoint } from './endpoint.ts';
import { createHash } from 'node:crypto';

/** real: as Discord; fast: every limit 100 times wider; off: none. */
export type LimitsMode = 'real' | 'fast' | 'off';

/** What the limits say of one request: the headers to answer with, and the refusal where it is one too many. */
export type Verdict = {
  readonly headers: Readonly<Record<string, string>>;
  readonly refused: { readonly retryAfterS: number; readonly global: boolean } | null;
};

/** All requests of a bot in one second; interaction answers and webhooks do not count. Source: topics/rate-limits. */
const globalPerSecond = 50;

type Window = { endsAt: number; used: number };

/** Windows that are over are forgotten once there are this many. */
const windowsBeforeSweep = 10_000;

/**
 * Discord's two limits: one over all requests of a bot, and one for each route and major parameter (channel, server,
 * webhook). A window begins with its first request; a refused request uses nothing up.
 */
export function createRateLimits(mode: LimitsMode, deps: { now: () => number }) {
  const factor = mode === 'fast' ? 100 : 1;
  const windows = new Map<string, Window>();
  const everything: Window = { endsAt: 0, used: 0 };

  const windowOf = (key: string, windowMs: number, nowMs: number): Window => {
    const known = windows.get(key);
    if (known !== undefined && known.endsAt > nowMs) return known;
    if (windows.size >= windowsBeforeSweep) sweep(windows, nowMs);
    const fresh = { endsAt: nowMs + windowMs, used: 0 };
    windows.set(key, fresh);
    return fresh;
  };

  return {
    /** Counts one request to `endpoint`; `majorParameter` is the id that its bucket belongs to, '' for none. */
    count(endpoint: Pick<Endpoint, 'method' | 'path' | 'access' | 'limit'>, majorParameter: string): Verdict {
      if (mode === 'off') return { headers: {}, refused: null };
      const nowMs = deps.now();
      if (endpoint.access === 'bot') {
        if (everything.endsAt <= nowMs) Object.assign(everything, { endsAt: nowMs + 1_000, used: 0 });
        if (everything.used >= globalPerSecond * factor) return refusedByAll((everything.endsAt - nowMs) / 1_000);
        everything.used += 1;
      }
      const bucket = bucketOf(endpoint);
      const window = windowOf(`${bucket}:${majorParameter}`, endpoint.limit.windowMs, nowMs);
      const limit = endpoint.limit.count * factor;
      const isRefused = window.used >= limit;
      if (!isRefused) window.used += 1;
      const resetAfterS = (window.endsAt - nowMs) / 1_000;
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - window.used),
        'x-ratelimit-reset': (window.endsAt / 1_000).toFixed(3),
        'x-ratelimit-reset-after': resetAfterS.toFixed(3),
        'x-ratelimit-bucket': bucket,
      };
      if (!isRefused) return { headers, refused: null };
      return {
        headers: { ...headers, 'retry-after': String(Math.ceil(resetAfterS)), 'x-ratelimit-scope': 'user' },
        refused: { retryAfterS: resetAfterS, global: false },
      };
    },
  };
}

function refusedByAll(retryAfterS: number): Verdict {
  return {
    headers: {
      'retry-after': String(Math.ceil(retryAfterS)),
      'x-ratelimit-global': 'true',
      'x-ratelimit-scope': 'global',
    },
    refused: { retryAfterS, global: true },
  };
}

const buckets = new Map<string, string>();

/** A bucket's name says nothing of its route, as Discord's does. */
function bucketOf(endpoint: Pick<Endpoint, 'method' | 'path'>): string {
  const route = `${endpoint.method} ${endpoint.path}`;
  const known = buckets.get(route) ?? createHash('md5').update(route).digest('hex');
  buckets.set(route, known);
  return known;
}

function sweep(windows: Map<string, Window>, nowMs: number): void {
  for (const [key, window] of windows) if (window.endsAt <= nowMs) windows.delete(key);
}
