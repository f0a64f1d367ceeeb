import { AppError, messageOf } from '../lib/errors.ts';
import { discordFailure } from './failure.ts';
import { tokenRefused } from './outcome.ts';

/**
 * What to throw on when a request for our own sake failed: an AppError `token-refused`, `discord-refused` (a 4xx) or
 * `discord-unreachable`; a bug stays as it came.
 *
 * @param request method and path, for the sentence
 */
export function requestError(thrown: unknown, request: string): unknown {
  const failure = discordFailure(thrown);
  if (failure === null) return thrown;
  if (failure.kind === 'refused' && failure.status === 401) return tokenRefused(thrown);
  const found = failure.kind === 'server' ? `was answered ${failure.status}` : `failed: ${messageOf(thrown)}`;
  const code = failure.kind === 'refused' ? 'discord-refused' : 'discord-unreachable';
  return new AppError(code, `discord: ${request} ${found}`, { cause: thrown });
}
