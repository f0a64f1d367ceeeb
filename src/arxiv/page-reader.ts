import type { Clock } from '../lib/clock.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';

export type PageDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: {
    /** Root of arXiv's site, or of a mirror below a path: `https://arxiv.org`. */
    readonly baseUrl: string;
    /** Between the starts of two requests, on our clock. arXiv's robots.txt asks for 15 s. */
    readonly pageIntervalMs: number;
    readonly userAgent: string;
    /** For one answer with its body, in real time. */
    readonly timeoutMs: number;
    /** Of one body, unpacked. */
    readonly maxBytes: number;
  };
  readonly fetch?: typeof fetch;
};

/** Where the bytes came from at last, after redirects. */
export type Page = { readonly bytes: Uint8Array; readonly url: string };

/**
 * Reads pages of arXiv one at a time, spaced as its robots.txt asks; redirects count as requests and stay on arXiv's hosts.
 *
 * The reader throws AppError: `arxiv-unavailable` for what may pass (network, 429, 5xx, a timeout), `arxiv-refused` for 403, which
 * asks us to stop, `arxiv-bad-request` for other answers than 200, `arxiv-stopped` once its signal is aborted, which ends waiting for
 * the interval and reading, though not waiting for a page that is read with another signal. When to try again is the caller's decision.
 */
export function createPageReader(deps: PageDeps): (path: string, signal?: AbortSignal) => Promise<Page> {
  const { clock, settings } = deps;
  const base = new URL(settings.baseUrl);
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;
  let queue: Promise<unknown> = Promise.resolve();
  let nextAtMs = Number.NEGATIVE_INFINITY;

  async function requestInTurn(url: URL, signal?: AbortSignal): Promise<Answer> {
    await clock.sleep(Math.max(0, nextAtMs - clock.now()), signal);
    if (signal?.aborted) throw stopped(signal.reason);
    nextAtMs = clock.now() + settings.pageIntervalMs;
    return request(url, deps, signal);
  }

  async function read(path: string, signal?: AbortSignal): Promise<Page> {
    let url = new URL(`${root}${path}`);
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const answer = await requestInTurn(url, signal);
      if (answer.redirect === null) return { bytes: answer.bytes, url: url.href };
      const target = new URL(answer.redirect, url);
      if (!isHome(target, base)) {
        throw new AppError(
          'arxiv-refused',
          `arxiv: GET ${path} redirects to ${target.href}, which is none of arXiv's hosts; not followed`,
        );
      }
      url = target;
    }
    throw new AppError('arxiv-unavailable', `arxiv: GET ${path} redirects more than ${mostRedirects} times`);
  }

  return (path, signal) => {
    const page = queue.then(() => read(path, signal));
    // The next in line waits for the end of this one, not for its success.
    queue = page.catch(() => undefined);
    return page;
  };
}

const mostRedirects = 3;

type Answer =
  | { readonly redirect: string; readonly bytes: null }
  | { readonly redirect: null; readonly bytes: Uint8Array };

/** The configured host, or any of arXiv's over https. */
function isHome(target: URL, base: URL): boolean {
  if (target.origin === base.origin) return true;
  return target.protocol === 'https:' && /(?:^|\.)arxiv\.org$/.test(target.hostname) && target.port === '';
}

async function request(url: URL, { settings, log, ...deps }: PageDeps, signal?: AbortSignal): Promise<Answer> {
  const action = `arxiv: GET ${url.pathname}${url.search}`;
  const timeout = AbortSignal.timeout(settings.timeoutMs);
  try {
    const response = await (deps.fetch ?? fetch)(url, {
      redirect: 'manual',
      headers: { 'user-agent': settings.userAgent, accept: 'text/html' },
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    log.debug({ url: url.href, status: response.status }, 'arXiv answered');
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      return { redirect: location, bytes: null };
    }
    const bytes = await bodyOf(response, settings.maxBytes, action);
    if (response.status !== 200) throw refusal(response, bytes, action);
    return { redirect: null, bytes };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (signal?.aborted) throw stopped(thrown);
    const isTimeout = thrown instanceof DOMException && thrown.name === 'TimeoutError';
    const reason = isTimeout ? `no whole answer within ${settings.timeoutMs} ms` : reasonOf(thrown);
    throw new AppError('arxiv-unavailable', `${action} failed: ${reason}`, { cause: thrown });
  }
}

function stopped(cause: unknown): AppError {
  return new AppError('arxiv-stopped', 'arxiv: reading was stopped', { cause });
}

/** fetch says only `fetch failed`; the cause says why. */
function reasonOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause instanceof Error) return cause.message || ('code' in cause ? String(cause.code) : cause.name);
  return messageOf(thrown);
}

async function bodyOf(response: Response, maxBytes: number, action: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body.
    if (size > maxBytes)
      throw new AppError('arxiv-unavailable', `${action} answered with more than ${maxBytes} bytes; not read`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function refusal(response: Response, bytes: Uint8Array, action: string): AppError {
  const { status } = response;
  const retryAfter = response.headers.get('retry-after');
  const title = /<title>\s*([^<]*?)\s*<\/title>/.exec(new TextDecoder().decode(bytes.subarray(0, 4096)))?.[1];
  const unknown = /^Invalid archive or category: (\S+)$/.exec(title ?? '')?.[1];
  if (status === 400 && unknown !== undefined) {
    const remedy = 'correct it where it is named, in arxiv.listings of the settings, a subscription or --category';
    return new AppError(
      'arxiv-bad-request',
      `${action} answered 400: arXiv knows no archive or category ${unknown}; ${remedy}`,
    );
  }
  const answered = `${action} answered ${status}${title ? ` “${title}”` : ''}${retryAfter === null ? '' : `, Retry-After ${retryAfter}`}`;
  if (status === 403)
    return new AppError(
      'arxiv-refused',
      `${answered}: arXiv asks us to stop; check contact and intervals in the settings`,
    );
  if (status === 429 || status >= 500) return new AppError('arxiv-unavailable', answered);
  return new AppError('arxiv-bad-request', answered);
}
