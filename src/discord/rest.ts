import { REST, RESTEvents } from 'discord.js';
import type { RequestMethod, RESTOptions, RouteLike } from 'discord.js';
import type { Clock } from '../lib/clock.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import { unclearWaitMs } from './failure.ts';
import { createPacer } from './pacer.ts';

/** How long one request may take until its first byte, in real milliseconds. */
const requestTimeoutMs = 15_000;

/**
 * The longest wait for a rate limit that stays inside a request that somebody waits for, in real milliseconds. A channel's bucket opens again
 * within 5 s (2026-11).
 */
const longestInnerWaitMs = 8_000;

/**
 * So much longer than Discord says, in real milliseconds, is a bucket taken for shut. @discordjs/rest refuses a request before, so whoever
 * waits has to wait as long.
 */
const bucketOffsetMs = 50;

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
    offset: bucketOffsetMs,
    // @discordjs/rest counts 50 requests a second by the machine's clock: set back by an hour, it would let 50 through in that hour. What
    // the bot may send at all is the pacer's business.
    globalRequestsPerSecond: Infinity,
    // A limit that does not say for how long would be met again at once, and again.
    rejectOnRateLimit: ({ retryAfter }: { retryAfter: number }) =>
      !(retryAfter > 0 && retryAfter <= longestInnerWaitMs),
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

/** What Discord answered: the JSON (null where there was none), and after how many real milliseconds the same bucket takes another request (0: at once). */
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
    return { body: jsonOf(text), opensInMs: remaining === '0' ? Math.ceil(resetAfterMs) + bucketOffsetMs : 0 };
  };
}

/** Null for no text, and for one that is none of Discord's: a proxy's page, with a status of success. */
function jsonOf(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** However long we are told to be silent, one request every ten minutes asks whether it is over. */
const longestSilenceMs = 10 * 60_000;

/**
 * Requests of the sender: evenly spread below `perSecond`, never waiting for a bucket (its lane waits instead, and others go on), silent
 * while Discord limits the whole bot.
 *
 * @param deps.requireRight throws where this process may send nothing any more. Asked as each request leaves: its turn may come minutes after
 *   it was asked for, and whoever took over would not expect it.
 */
export function sendersRequests(
  settings: { readonly apiUrl: string; readonly token: string; readonly perSecond: number },
  deps: { readonly clock: Clock; readonly invalidRequests: InvalidRequests; readonly requireRight: () => void },
): DiscordRequest {
  const pacer = createPacer(settings.perSecond, deps.clock);
  const rest = createRest(settings, { rejectOnRateLimit: () => true });
  countInvalid(rest, deps.invalidRequests);
  rest.on(RESTEvents.Response, (_request, { status, headers }) => {
    if (status !== 429) return;
    // Without a scope it is none of Discord's buckets but the gate before them, which counts everything from our address.
    const concernsAll = headers.get('x-ratelimit-global') !== null || headers.get('x-ratelimit-scope') === null;
    const seconds = Number(headers.get('retry-after'));
    if (concernsAll) pacer.hold(Math.min(seconds > 0 ? seconds * 1_000 : unclearWaitMs, longestSilenceMs));
  });
  const request = requestsOf(rest);
  const wasSetBack = createSetBackWatch();
  return (asked) =>
    pacer.pace(async () => {
      deps.requireRight();
      // @discordjs/rest remembers by the machine's clock until when a bucket is shut: an hour longer where that was set back by an hour.
      if (wasSetBack()) rest.handlers.clear();
      return request(asked);
    });
}

/** Tells, once, that the machine's clock was set back since it was last asked. */
function createSetBackWatch(): () => boolean {
  let known = clockOffset();
  return () => {
    const before = known;
    known = clockOffset();
    // NTP nudges it by less.
    return known < before - 1_000;
  };
}

/** Changes where the machine's clock is set. */
function clockOffset(): number {
  return Date.now() - performance.now();
}

/** Every client of ours tells the same counter what was refused: Discord counts by address. */
export function countInvalid(rest: REST, invalidRequests: InvalidRequests): void {
  rest.on(RESTEvents.Response, (_request, { status, headers }) =>
    invalidRequests.count(status, headers.get('x-ratelimit-scope')),
  );
}
