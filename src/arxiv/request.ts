import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { errorWords } from './error-words.ts';
import { retryAfterMs } from './retry-after.ts';

/** What an answer bore to be asked about later: sent back exactly as it came (the feeds' ETags have no quotes). */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

export type RequestSettings = {
  readonly userAgent: string;
  /** For one answer with its body, in real time. */
  readonly timeoutMs: number;
  /** Of one body, unpacked. */
  readonly maxBytes: number;
};

export type RequestDeps = { readonly log: Log; readonly settings: RequestSettings; readonly fetch?: typeof fetch };

/** What came of one request; sentences begin with the request: `arxiv: GET /list/cs.DC/new answered 503`. */
export type Answer =
  | { readonly kind: 'fresh'; readonly bytes: Uint8Array; readonly validators: Validators }
  /** As it was when the validators came. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'redirect'; readonly location: string }
  /** It may pass. `retryAfterMs`: real milliseconds for which arXiv asks us to wait. */
  | {
      readonly kind: 'failed';
      readonly sentence: string;
      readonly retryAfterMs: number | null;
      readonly cause?: unknown;
    }
  /** 403. */
  | { readonly kind: 'refused'; readonly sentence: string }
  /** The same would come again. */
  | { readonly kind: 'useless'; readonly code: 'arxiv-bad-request' | 'arxiv-unavailable'; readonly sentence: string };

/** The answer, and since when arXiv has surely had the request: `performance.now()` when the answer began or was given up. */
export type Answered = { readonly answer: Answer; readonly seenAt: number };

/**
 * Asks once. Bodies come unpacked, and are cut off where they are too large, packed or not.
 *
 * @throws AppError('arxiv-stopped') once `signal` is aborted
 */
export async function request(
  url: URL,
  deps: RequestDeps,
  options: { readonly signal?: AbortSignal | undefined; readonly validators?: Validators | undefined },
): Promise<Answered> {
  const { settings, log } = deps;
  const { signal } = options;
  const action = `arxiv: GET ${url.pathname}${url.search}`;
  const timeout = AbortSignal.timeout(settings.timeoutMs);
  let seenAt: number | null = null;
  try {
    const response = await (deps.fetch ?? fetch)(url, {
      redirect: 'manual',
      headers: { 'user-agent': settings.userAgent, accept: '*/*', ...conditions(options.validators) },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    seenAt = performance.now();
    log.debug({ url: url.href, status: response.status }, 'arXiv answered');
    return { answer: await answerOf(response, settings.maxBytes, action, options.validators), seenAt };
  } catch (thrown) {
    if (signal?.aborted) throw stopped(thrown);
    const isTimeout = thrown instanceof DOMException && thrown.name === 'TimeoutError';
    const reason = isTimeout ? `no whole answer within ${settings.timeoutMs} ms` : reasonOf(thrown);
    const sentence = `${action} failed: ${reason}`;
    return {
      answer: { kind: 'failed', sentence, retryAfterMs: null, cause: thrown },
      seenAt: seenAt ?? performance.now(),
    };
  }
}

export function stopped(cause: unknown): AppError {
  return new AppError('arxiv-stopped', 'arxiv: reading was stopped', { cause });
}

function conditions(validators: Validators | undefined): Record<string, string> {
  return {
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
  };
}

/** fetch says only `fetch failed`; the cause says why. */
function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause instanceof Error) return cause.message || ('code' in cause ? String(cause.code) : cause.name);
  return messageOf(thrown);
}

async function answerOf(
  response: Response,
  maxBytes: number,
  action: string,
  asked: Validators | undefined,
): Promise<Answer> {
  const { status, headers } = response;
  const location = headers.get('location');
  if (status === 304 && asked !== undefined) return { kind: 'unchanged' };
  if (status >= 300 && status < 400 && location !== null) {
    await response.body?.cancel();
    return { kind: 'redirect', location };
  }
  const bytes = await bodyOf(response, maxBytes);
  if (bytes === null) {
    const sentence = `${action} answered with more than ${maxBytes} bytes; not read`;
    return { kind: 'useless', code: 'arxiv-unavailable', sentence };
  }
  if (status !== 200) return otherwise(response, bytes, action);
  return {
    kind: 'fresh',
    bytes,
    validators: { etag: headers.get('etag'), lastModified: headers.get('last-modified') },
  };
}

/** Null where it is too large. */
async function bodyOf(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function otherwise(response: Response, bytes: Uint8Array, action: string): Answer {
  const { status, headers } = response;
  const words = errorWords(bytes);
  const unknown = /^Invalid archive or category: (\S+)$/.exec(words ?? '')?.[1];
  if (status === 400 && unknown !== undefined) {
    const remedy = 'correct it where it is named, in arxiv.listings of the settings, a subscription or --category';
    const sentence = `${action} answered 400: arXiv knows no archive or category ${unknown}; ${remedy}`;
    return { kind: 'useless', code: 'arxiv-bad-request', sentence };
  }
  const retryAfter = headers.get('retry-after');
  const sentence = `${action} answered ${status}${words === null ? '' : ` “${words}”`}${retryAfter === null ? '' : `, Retry-After ${retryAfter}`}`;
  if (status === 403) return { kind: 'refused', sentence };
  if (status === 429 || status >= 500) {
    const mayAsk = status === 429 || status === 503;
    return { kind: 'failed', sentence, retryAfterMs: mayAsk ? retryAfterMs(headers, Date.now()) : null };
  }
  // 400 is how arXiv says that it has no such thing. A 404 or 408 is not its way: some server in between, and maybe gone in a while.
  return { kind: 'useless', code: status === 400 ? 'arxiv-bad-request' : 'arxiv-unavailable', sentence };
}
