import type { Clock } from '../lib/clock.ts';
import { err, ok } from '../lib/result.ts';
import type { Result } from '../lib/result.ts';
import type { DmRefusal } from './direct-message.ts';

/** Opens direct messages with people, with new ones one after another. */
export type DmQueue = {
  /** The id of the DM channel with a person, opened when their turn has come: at once where there is one already. Else a sentence for them. */
  open(person: { readonly userId: string; readonly isKnown: boolean }): Promise<Result<string, string>>;
  /** Tells whoever waits to try again. */
  close(): void;
};

/** The longest that somebody is let wait, in real milliseconds: Discord takes an answer for 15 minutes, and what comes after takes time too. */
const longestWaitMs = 10 * 60_000;

/** Whoever has waited so long, in real milliseconds, for Discord had us wait, is told to try again. */
const givenUpAfterMs = 13 * 60_000;

type Waiting = {
  readonly userId: string;
  /** On the monotonic clock. */
  readonly since: number;
  readonly turn: PromiseWithResolvers<Result<string, string>>;
};

/**
 * A queue that opens direct messages `intervalMs` apart: Discord blocks bots that open many of them too quickly. Where Discord asks to
 * wait, everybody does.
 *
 * @param open opens them, at once
 * @param intervalMs real milliseconds between two
 */
export function createDmQueue(
  open: (userId: string) => Promise<Result<string, DmRefusal>>,
  intervalMs: number,
  clock: Pick<Clock, 'monotonic' | 'sleep' | 'fromReal'>,
): DmQueue {
  const waiting: Waiting[] = [];
  const closing = new AbortController();
  let opensAt = clock.monotonic();
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    for (let [first] = waiting; first !== undefined; [first] = waiting) {
      await clock.sleep(opensAt - clock.monotonic(), closing.signal);
      const { turn } = first;
      if (closing.signal.aborted) turn.resolve(err('I am being restarted. Please try again in a minute.'));
      else if (!(await hasOpened(first).catch((error: unknown) => (turn.reject(error), true)))) continue;
      waiting.shift();
    }
    isRunning = false;
  }

  /** False where Discord wants the same tried again later. */
  async function hasOpened({ userId, since, turn }: Waiting): Promise<boolean> {
    const opensNextAt = clock.monotonic() + clock.fromReal(intervalMs);
    const opened = await open(userId).finally(() => (opensAt = opensNextAt));
    if (opened.ok) {
      turn.resolve(ok(opened.value));
      return true;
    }
    const { waitMs, sentence } = opened.error;
    if (waitMs === null) {
      turn.resolve(err(sentence));
      return true;
    }
    opensAt = Math.max(opensAt, clock.monotonic() + clock.fromReal(waitMs));
    if (opensAt - since < clock.fromReal(givenUpAfterMs)) return false;
    turn.resolve(err(tooMany(opensAt - clock.monotonic())));
    return true;
  }

  function tooMany(waitMs: number): string {
    const minutes = Math.max(1, Math.ceil(waitMs / clock.fromReal(60_000)));
    return `Discord lets me begin only a few conversations at a time, and others are before you. Please try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`;
  }

  return {
    open: async ({ userId, isKnown }) => {
      if (isKnown) {
        const known = await open(userId);
        return known.ok ? known : err(known.error.sentence);
      }
      // Whoever asks twice has one place.
      const same = waiting.find((other) => other.userId === userId);
      if (same) return same.turn.promise;
      const now = clock.monotonic();
      const waitMs = Math.max(0, opensAt - now) + waiting.length * clock.fromReal(intervalMs);
      if (waitMs > clock.fromReal(longestWaitMs)) return err(tooMany(waitMs));
      const turn = Promise.withResolvers<Result<string, string>>();
      waiting.push({ userId, since: now, turn });
      if (!isRunning) void run();
      return turn.promise;
    },
    close: () => closing.abort(),
  };
}
