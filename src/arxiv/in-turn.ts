import type { Closing, TurnOutcome, TurnRequest } from '../domain/arxiv-turn.ts';
import type { ArxivTurnStore } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { AppError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { stopped } from './request.ts';

export type InTurnDeps = {
  readonly clock: Clock;
  readonly log: Log;
  readonly turns: ArxivTurnStore;
  /** A name for this process and nobody else. */
  readonly holder: string;
  /** Whether the process of a holder is known to have ended; else its turn is waited out. */
  readonly hasEnded?: (holder: string) => boolean;
};

/** What came of `ask`, for the next in line, and when arXiv surely had the request, of `performance.now()`. */
export type Asked<T> = { readonly value: T; readonly outcome: TurnOutcome; readonly seenAt: number };

/** A closing this short is waited for: whoever has just waited out a longer one may be a moment early. */
const shortClosingMs = 1_000;

/**
 * Does one `ask` after the other: those of this process in the order they came, and none while another process on the same database asks,
 * or before it may. What it returns is what `ask` came to, and what is closed since.
 *
 * @throws AppError `arxiv-closed` or `arxiv-refused` where nobody may ask now, `arxiv-stopped` once `signal` is aborted
 */
export function createInTurn(deps: InTurnDeps) {
  let last: Promise<void> = Promise.resolve();

  return async function inTurn<T>(
    turn: Omit<TurnRequest, 'holder'>,
    ask: () => Promise<Asked<T>>,
    signal?: AbortSignal,
  ): Promise<{ readonly value: T; readonly closing: Closing | null }> {
    const before = last;
    const { promise, resolve: leave } = Promise.withResolvers<void>();
    last = before.then(() => promise);
    try {
      await unlessAborted(before, signal);
      await taken({ ...turn, holder: deps.holder }, deps, signal);
      return await askAndRelease(ask, deps);
    } finally {
      leave();
    }
  };
}

async function askAndRelease<T>(
  ask: () => Promise<Asked<T>>,
  deps: InTurnDeps,
): Promise<{ readonly value: T; readonly closing: Closing | null }> {
  let asked: Asked<T>;
  try {
    asked = await ask();
  } catch (thrown) {
    await release({ kind: 'abandoned' }, deps);
    throw thrown;
  }
  const { value, outcome, seenAt } = asked;
  return { value, closing: await release({ ...outcome, seenMsAgo: performance.now() - seenAt }, deps) };
}

async function taken(request: TurnRequest, deps: InTurnDeps, signal?: AbortSignal): Promise<void> {
  const { clock, turns, hasEnded } = deps;
  for (;;) {
    if (signal?.aborted) throw stopped(signal.reason);
    const answer = await turns.take(request);
    if (answer.kind === 'granted') break;
    if (answer.kind === 'closed' && answer.closing.forMs > shortClosingMs) throw closed(answer.closing);
    if (answer.kind === 'wait' && answer.holder !== null && hasEnded?.(answer.holder)) {
      await turns.release(answer.holder, { kind: 'abandoned' });
      continue;
    }
    const waitMs = answer.kind === 'wait' ? answer.waitMs : answer.closing.forMs;
    await clock.sleep(clock.fromReal(waitMs), signal);
  }
  if (!signal?.aborted) return;
  await release({ kind: 'abandoned' }, deps);
  throw stopped(signal.reason);
}

/** What was read counts, also where the database cannot be told: then the turn lapses by itself. */
async function release(outcome: TurnOutcome, { turns, holder, log }: InTurnDeps): Promise<Closing | null> {
  try {
    return await turns.release(holder, outcome);
  } catch (error) {
    log.warn({}, `arxiv: the end of a request could not be noted, so the next one waits: ${messageOf(error)}`);
    return null;
  }
}

/** That nobody asks arXiv now, until when, and why. */
function closed(closing: Closing): AppError {
  const sentence = `arxiv: nothing is asked before ${untilWords(closing)}: ${closing.reason}`;
  return new AppError(closing.isRefusal ? 'arxiv-refused' : 'arxiv-closed', sentence);
}

/** `20:31 UTC`, rounded up, with its date where that is not soon. */
export function untilWords({ untilMs, forMs }: Closing): string {
  const minutes = new Date(Math.ceil(untilMs / 60_000) * 60_000).toISOString();
  const time = `${minutes.slice(11, 16)} UTC`;
  return forMs < 12 * 60 * 60_000 ? time : `${minutes.slice(0, 10)} ${time}`;
}

/** @throws AppError('arxiv-stopped') at once when `signal` aborts */
async function unlessAborted(before: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (signal === undefined) return before;
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const abort = () => resolve();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) resolve();
  await Promise.race([before, aborted]);
  signal.removeEventListener('abort', abort);
  if (signal.aborted) throw stopped(signal.reason);
}
