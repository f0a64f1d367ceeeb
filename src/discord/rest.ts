import { REST } from 'discord.js';

/** How long one request may take until its first byte, in real milliseconds. */
const requestTimeoutMs = 15_000;

/**
 * The longest wait for a rate limit that stays inside a request, in real milliseconds. A channel's bucket opens again within 5 s
 * (2026-11); whatever Discord wants us to wait longer for goes back to the outbox, so that no lease runs out meanwhile.
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
export function createRest(settings: { readonly apiUrl: string; readonly token: string }): REST {
  return new REST(restOptions(settings.apiUrl)).setToken(settings.token.replace(/^Bot\s+/i, ''));
}
