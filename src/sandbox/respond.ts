import { STATUS_CODES } from 'node:http';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { ApiError, refuseByStatus } from './api-error.ts';
import type { Answer } from './endpoint.ts';

/** What goes out: Discord's JSON, or what its front says in Discord's place. */
export type Outcome = Answer & {
  readonly headers?: Readonly<Record<string, string>>;
  /** Said by the front, which sends no `via`: nothing came from behind it. */
  readonly isFront?: boolean;
  /** In place of JSON. */
  readonly page?: { readonly type: string; readonly text: string };
};

export function respond(outcome: Outcome): Response {
  const headers = new Headers({
    ...(outcome.isFront === true ? {} : { via: '1.1 paperboy-sandbox' }),
    ...outcome.headers,
  });
  const { status, body, page } = outcome;
  if (page !== undefined) {
    headers.set('content-type', page.type);
    return new Response(page.text, { status, headers });
  }
  if (body === undefined) return new Response(null, { status, headers });
  headers.set('content-type', 'application/json');
  return new Response(JSON.stringify(body), { status, headers });
}

/** The answer to what an endpoint threw: Discord's refusal, or 500 and a line in the log where it was a bug. */
export function answerError(error: unknown, log: Log): Answer {
  if (error instanceof ApiError) return { status: error.status, body: error.body };
  log.error(
    { error: messageOf(error), stack: error instanceof Error ? error.stack : undefined },
    'sandbox: a request failed',
  );
  return { status: 500, body: refuseByStatus(500, 'Internal Server Error').body };
}

/** The words for an HTTP status, as in `Bad Gateway`. */
export function reasonOf(status: number): string {
  return STATUS_CODES[status] ?? 'Unknown';
}
