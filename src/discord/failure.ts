import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { messageOf } from '../lib/errors.ts';

/** Why a request to Discord did not succeed, without anything of the library that made it. */
export type DiscordFailure =
  /** Discord refused it: a 4xx. `code` is its JSON error code, null where the answer was none of Discord's (a proxy, a firewall). */
  | { readonly kind: 'refused'; readonly status: number; readonly code: number | null; readonly message: string }
  /** A 5xx. */
  | { readonly kind: 'server'; readonly status: number }
  /** `retryAfterMs` in real milliseconds. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number }
  /** No answer: refused or reset connections, timeouts, unknown hosts. The request may or may not have arrived. */
  | { readonly kind: 'network'; readonly message: string };

/** How long to wait where a limit does not say, or not in seconds, in real milliseconds. */
export const unclearWaitMs = 5_000;

/** An answer with a status of success that is none of Discord's: the page of a proxy, or of the network of a hotel. */
export class ForeignAnswer extends Error {
  constructor() {
    super('something else answered');
    this.name = 'ForeignAnswer';
  }
}

/** The failure that `thrown`, out of a REST call, stands for; null for anything else, which is a bug. */
export function discordFailure(thrown: unknown): DiscordFailure | null {
  if (thrown instanceof DiscordAPIError) {
    const code = typeof thrown.code === 'number' ? thrown.code : null;
    return { kind: 'refused', status: thrown.status, code, message: thrown.message };
  }
  if (thrown instanceof HTTPError) return { kind: 'server', status: thrown.status };
  if (thrown instanceof RateLimitError) {
    return { kind: 'limited', retryAfterMs: thrown.retryAfter > 0 ? thrown.retryAfter : unclearWaitMs };
  }
  if (thrown instanceof ForeignAnswer) return { kind: 'network', message: thrown.message };
  if (!(thrown instanceof Error)) return null;
  // @discordjs/rest forgets its token at the first 401; every later call of that client then fails with this sentence.
  if (thrown.message.startsWith('Expected token to be set')) {
    return { kind: 'refused', status: 401, code: null, message: '401: Unauthorized' };
  }
  const network = causes(thrown).find((error) => isNetworkError(error));
  return network ? { kind: 'network', message: networkMessage(network) } : null;
}

/** How far into the causes of an error we look; undici wraps once or twice, and causes may go round in a circle. */
const deepestCause = 4;

/** The error, what caused it, what caused that, and so on. */
function causes(error: Error): Error[] {
  const found: Error[] = [];
  for (let cause: unknown = error; cause instanceof Error && found.length <= deepestCause; cause = cause.cause) {
    found.push(cause);
  }
  return found;
}

/**
 * Codes of what the network did: of the system and the resolver (`ECONNRESET`, `EAI_AGAIN`), of undici, TLS, certificates and the HTTP
 * parser. Node's own `ERR_…` for wrong arguments are bugs.
 */
const networkCode =
  /^(?:E(?!RR_)[A-Z_]+|UND_ERR_[A-Z_]+|ERR_(?:TLS|SSL|SOCKET)_[A-Z_]+|HPE_[A-Z_]+|[A-Z_]*CERT[A-Z_]*|UNABLE_TO_[A-Z_]+)$/;

/** undici and Node mark what the network did with a string code, except for an aborted request. */
function isNetworkError(error: Error): boolean {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return true;
  return 'code' in error && typeof error.code === 'string' && networkCode.test(error.code);
}

function networkMessage(error: Error): string {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'no answer in time';
  // A name with several addresses fails with an AggregateError, whose own message is empty.
  if (error.message === '' && 'code' in error) return String(error.code);
  return messageOf(error);
}
