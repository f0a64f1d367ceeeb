import type { Closing, TurnOutcome } from '../domain/arxiv-turn.ts';
import { AppError } from '../lib/errors.ts';
import { addressOf, redirectOf } from './addresses.ts';
import type { ArxivRoots, ArxivSource } from './addresses.ts';
import { createInTurn, untilWords } from './in-turn.ts';
import type { InTurnDeps } from './in-turn.ts';
import { request, stopped } from './request.ts';
import type { Answer, RequestSettings, Validators } from './request.ts';

export type ArxivSettings = RequestSettings & {
  readonly roots: ArxivRoots;
  /** Real milliseconds from one request to the next, whatever it asks for. arXiv's terms ask for 3 s. */
  readonly minIntervalMs: number;
  /** Real milliseconds from one page to the next. arXiv's robots.txt asks for 15 s. */
  readonly pageIntervalMs: number;
  /** How often something is asked for at most; 4 when left out. */
  readonly tries?: number;
};

export type ArxivDeps = InTurnDeps & {
  readonly settings: ArxivSettings;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly fetch?: typeof fetch;
};

/** `url`: where the bytes came from at last, after redirects. */
export type Fresh = {
  readonly kind: 'fresh';
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly validators: Validators;
};

/** `unchanged`: as it was when the validators came. */
export type Got = Fresh | { readonly kind: 'unchanged' };

type Options = { readonly signal?: AbortSignal | undefined };

export type ArxivClient = {
  get(source: ArxivSource, path: string, options?: Options): Promise<Fresh>;
  get(
    source: ArxivSource,
    path: string,
    options: Options & { readonly validators: Validators | undefined },
  ): Promise<Got>;
};

/**
 * Reads what arXiv offers to programs, politely: one request at a time to all its hosts and over all processes on a database, spaced,
 * bounded in time and size, again after a while where that may help, and never after arXiv asked us to stop. A redirect is a request.
 *
 * `get` throws AppError: `arxiv-unavailable` for what may pass (network, 429, 5xx, a timeout) after the last try, and for an answer that is
 * none of arXiv's; `arxiv-closed`, without asking, while nobody may ask, and `arxiv-refused` after a 403, for a day; `arxiv-off-limits` for
 * what is not ours to read; `arxiv-bad-request` after a 400; `arxiv-stopped` at once when its signal aborts.
 */
export function createArxivClient(deps: ArxivDeps): ArxivClient {
  const { clock, log, settings, random = Math.random } = deps;
  const tries = settings.tries ?? 4;
  const inTurn = createInTurn(deps);
  const holdMs = settings.timeoutMs + noteMs;
  const { minIntervalMs, pageIntervalMs } = settings;

  /** One try, with its redirects. */
  async function follow(source: ArxivSource, path: string, isLast: boolean, options: Asking): Promise<Followed> {
    let next = { url: addressOf(settings.roots, source, path), source };
    for (let hop = 0; hop <= mostRedirects; hop += 1) {
      const { url } = next;
      const turn = { sort: next.source === 'page' ? 'page' : 'api', minIntervalMs, pageIntervalMs, holdMs } as const;
      const ask = async () => {
        const { answer, seenAt } = await request(url, deps, options);
        return { value: answer, outcome: outcomeOf(answer, isLast ? backOffMs(tries, minIntervalMs) : 0), seenAt };
      };
      const { value: answer, closing } = await inTurn(turn, ask, options.signal);
      if (answer.kind !== 'redirect') return { answer, closing, url };
      next = redirectOf(settings.roots, url, answer.location);
    }
    throw new AppError('arxiv-unavailable', `arxiv: GET ${path} redirects more than ${mostRedirects} times`);
  }

  function get(source: ArxivSource, path: string, options?: Options): Promise<Fresh>;
  function get(source: ArxivSource, path: string, options: Asking): Promise<Got>;
  async function get(source: ArxivSource, path: string, options: Asking = {}): Promise<Got> {
    let waitedMs = 0;
    for (let number = 1; ; number += 1) {
      const { answer, closing, url } = await follow(source, path, number >= tries, options);
      if (answer.kind === 'fresh') return { ...answer, url: url.href };
      if (answer.kind === 'unchanged') return answer;
      if (answer.kind === 'useless') throw new AppError(answer.code, answer.sentence);
      if (answer.kind === 'refused') {
        const sentence = refusedSentence(answer.sentence, closing);
        log.error({ url: url.href }, sentence);
        throw new AppError('arxiv-refused', sentence);
      }
      const askedMs = answer.retryAfterMs ?? 0;
      const waitMs = Math.max(random() * backOffMs(number, minIntervalMs), askedMs);
      // Closed for longer than arXiv asked for: too much has failed in a row, whoever asked.
      const isBroken = closing !== null && closing.forMs > Math.ceil(askedMs);
      if (number >= tries || isBroken || waitedMs + waitMs > mostWaitedMs) {
        throw unavailable(answer, number, closing);
      }
      log.info({ url: url.href, tries: number, waitMs: Math.round(waitMs) }, `${answer.sentence}; it is tried again`);
      await clock.sleep(clock.fromReal(waitMs), options.signal);
      if (options.signal?.aborted) throw stopped(options.signal.reason);
      waitedMs += waitMs;
    }
  }

  return { get };
}

const mostRedirects = 3;

/** Waiting between tries, in all. */
const mostWaitedMs = 15 * 60_000;

/** Beside the request itself, until its end is noted: a database may be busy for so long, in real milliseconds. */
const noteMs = 10_000;

/** What may be asked along. */
type Asking = Options & { readonly validators?: Validators | undefined };

type Followed = {
  readonly answer: Exclude<Answer, { kind: 'redirect' }>;
  readonly closing: Closing | null;
  readonly url: URL;
};

/** The longest wait behind a try; a random share of it is waited (full jitter), so that those who failed together do not come together. */
function backOffMs(number: number, minIntervalMs: number): number {
  return minIntervalMs * 2 ** number;
}

/** What the next in line is to know. */
function outcomeOf(answer: Answer, lastWaitMs: number): TurnOutcome {
  if (answer.kind === 'refused') return { kind: 'refusal', reason: clauseOf(answer.sentence) };
  if (answer.kind !== 'failed') return { kind: 'success' };
  const closedForMs = Math.max(answer.retryAfterMs ?? 0, lastWaitMs);
  return { kind: 'failure', reason: clauseOf(answer.sentence), closedForMs };
}

/** Without the layer, which the sentence around it names. */
function clauseOf(sentence: string): string {
  return sentence.replace(/^arxiv: /, '');
}

function refusedSentence(sentence: string, closing: Closing | null): string {
  return `${sentence}: arXiv asks us to stop${notBefore(closing)}; check contact and intervals in the settings, then \`doctor --arxiv-again\``;
}

function notBefore(closing: Closing | null): string {
  return closing === null ? '' : `; nothing is asked before ${untilWords(closing)}`;
}

function unavailable(answer: Answer & { kind: 'failed' }, tries: number, closing: Closing | null): AppError {
  const often = tries > 1 ? `, after ${tries} tries` : '';
  return new AppError('arxiv-unavailable', `${answer.sentence}${often}${notBefore(closing)}`, { cause: answer.cause });
}
