import { REST, RESTEvents } from 'discord.js';
import type { RequestMethod, RESTOptions, RouteLike } from 'discord.js';
import type { Clock } from '../lib/clock.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import { createPacer } from './pacer.ts';

/** How long one request may take until its first byte, in real milliseconds. */
const requestTimeoutMs = 15_000;

/**
 * The longest wait for a rate limit that stays inside a request that somebody waits for, in real milliseconds. A channel's bucket opens again
 * within 5 s (2026-11).
 */
const longestInnerWaitMs = 8_000;

/**
 * Options of every REST client of ours. `retries: 0`: @discordjs/rest 2.6 sends a POST that met a 502 four times within 40 ms,
 * which makes duplicates; our own retries are in the outbox, with a nonce and a back-off.
 */
export function restOptions(apiUrl: string) {
  return {
    api: apiUrl.replace(/\/+$/, ''),
    version: '10',
    retries: 0,
    timeout: requestTimeoutMs,
    rejectOnRateLimit: (limit: { retryAfter: number }) => limit.retryAfter > longestInnerWaitMs,
  };
}

/** A client of Discord's HTTP API at `apiUrl`, such as `https://discord.com/api`; a token copied with its `Bot ` will do. Sends nothing by itself. */
export function createRest(
  settings: { readonly apiUrl: string; readonly token: string },
  options: Partial<RESTOptions> = {},
): REST {
  const rest = new REST({ ...restOptions(settings.apiUrl), ...options });
  return rest.setToken(settings.token.replace(/^Bot\s+/i, ''));
}

/** What Discord answered: the JSON, and after how many real milliseconds the same bucket takes another request (0: at once). */
export type Answered = { readonly body: unknown; readonly opensInMs: number };

/** Makes one request. Throws what @discordjs/rest throws; `discordFailure` reads it. */
export type DiscordRequest = (request: {
  readonly method: RequestMethod;
  readonly route: RouteLike;
  readonly body?: unknown;
  readonly query?: URLSearchParams;
}) => Promise<Answered>;

/** Requests of a client, made at once. */
export function requestsOf(rest: REST): DiscordRequest {
  return async ({ method, route, body, query }) => {
    const response = await rest.queueRequest({
      method,
      fullRoute: route,
      ...(body === undefined ? {} : { body }),
      ...(query === undefined ? {} : { query }),
    });
    const text = await response.text();
    const remaining = response.headers.get('x-ratelimit-remaining');
    const resetAfterMs = Number(response.headers.get('x-ratelimit-reset-after') ?? 0) * 1_000;
    return { body: text === '' ? null : JSON.parse(text), opensInMs: remaining === '0' ? Math.ceil(resetAfterMs) : 0 };
  };
}

/**
 * Requests of the sender: evenly spread below `perSecond`, never waiting for a bucket (its lane waits instead, and others go on), silent
 * while Discord limits the whole bot.
 */
export function sendersRequests(
  settings: { readonly apiUrl: string; readonly token: string; readonly perSecond: number },
  deps: { readonly clock: Clock; readonly invalidRequests: InvalidRequests },
): DiscordRequest {
  const pacer = createPacer(settings.perSecond, deps.clock);
  const rest = createRest(settings, { rejectOnRateLimit: () => true });
  countInvalid(rest, deps.invalidRequests);
  rest.on(RESTEvents.Response, (_request, { status, headers }) => {
    if (status !== 429) return;
    // Without a scope it is none of Discord's buckets but the gate before them, which counts everything from our address.
    const concernsAll = headers.get('x-ratelimit-global') !== null || headers.get('x-ratelimit-scope') === null;
    if (concernsAll) pacer.hold(Number(headers.get('retry-after') ?? 1) * 1_000);
  });
  const request = requestsOf(rest);
  return (asked) => pacer.pace(() => request(asked));
}

/** Every client of ours tells the same counter what was refused: Discord counts by address. */
export function countInvalid(rest: REST, invalidRequests: InvalidRequests): void {
  rest.on(RESTEvents.Response, (_request, { status, headers }) =>
    invalidRequests.count(status, headers.get('x-ratelimit-scope')),
  );
}
