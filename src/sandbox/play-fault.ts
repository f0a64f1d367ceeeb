import { setTimeout as sleep } from 'node:timers/promises';
import { refuse, refuseByStatus, wordingOf } from './api-error.ts';
import type { Endpoint } from './endpoint.ts';
import type { Fault } from './faults.ts';
import { rateRefusalBody } from './rate-limits.ts';
import type { createRateLimits } from './rate-limits.ts';
import { reasonOf } from './respond.ts';
import type { Outcome } from './respond.ts';

/** The answer that was ordered in place of the true one; null where it is to be none. */
export function faultyOutcome(
  fault: Fault,
  endpoint: Endpoint,
  limits: Pick<ReturnType<typeof createRateLimits>, 'headersFor'>,
): Outcome | null {
  const { status, code } = fault;
  if (typeof status !== 'number') return null;
  if (status === 429) {
    const refused = { retryAfterS: fault.retryAfter ?? 1, scope: fault.scope ?? 'user' };
    return { status, body: rateRefusalBody(refused, code), headers: limits.headersFor(endpoint, refused) };
  }
  if (status > 500 && code === undefined) return frontOutcome(status);
  if (code !== undefined)
    return { status, body: { message: wordingOf(code) ?? `${status}: ${reasonOf(status)}`, code } };
  const usual = { 403: refuse(50013), 404: refuse(10003) } as const;
  const { body } = status === 403 || status === 404 ? usual[status] : refuseByStatus(status, reasonOf(status));
  return { status, body };
}

/** What stands before Discord says this by itself when nothing behind it answers: a page, no JSON. */
function frontOutcome(status: number): Outcome {
  if (status === 503) {
    const text = 'upstream connect error or disconnect/reset before headers. reset reason: connection failure';
    return { status, isFront: true, page: { type: 'text/plain', text } };
  }
  const title = `${String(status)} ${reasonOf(status)}`;
  const text = `<html>\n<head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center></body>\n</html>\n`;
  return { status, isFront: true, page: { type: 'text/html', text } };
}

/** Waits; false where the sandbox was closed meanwhile. Keeps no process alive. */
export async function waits(delayMs: number, closing: AbortSignal): Promise<boolean> {
  try {
    await sleep(delayMs, undefined, { signal: closing, ref: false });
    return true;
  } catch {
    return false;
  }
}
