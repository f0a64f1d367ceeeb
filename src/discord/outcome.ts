import type { Outcome } from '../domain/delivery.ts';
import { AppError } from '../lib/errors.ts';
import { discordFailure } from './failure.ts';
import type { DiscordFailure } from './failure.ts';

/** First wait after a failure that may pass by itself; doubled with every further attempt. */
const firstDelayMs = 1_000;

/** Longest wait between two attempts. Short enough for a morning's post to follow an outage promptly. */
const longestDelayMs = 300_000;

/**
 * How long after its first try a message that Discord fails on is still tried: a day. It is kept as a dead letter then. Time decides and not
 * the number of attempts, for obeying a rate limit is an attempt too. While Discord cannot be reached at all, nothing is given up.
 */
const giveUpAfterMs = 24 * 60 * 60 * 1_000;

/** So many tries, some minutes of them, there are at the least: a day may have passed by a clock that was set, or on a machine that slept. */
const fewestTries = 10;

/** A forum that takes no posts without a tag, and none of its tags fits. */
export const tagNeeded =
  'This forum asks for a tag on every post. Please add a tag named “arXiv” that everybody may use, or turn off “Require people to select tags when posting”.';

/**
 * Refusals that somebody at the target's end has to mend, by Discord's JSON error code, in words for people.
 * Source: Discord, "Opcodes and Status Codes" (2026-11).
 */
const pausing: ReadonlyMap<number, string> = new Map([
  [40066, tagNeeded],
  [40067, tagNeeded],
  [50001, 'I cannot see this channel. Please give me “View Channel” there.'],
  [
    50007,
    'Your privacy settings keep my direct messages out. Please allow direct messages from members of a server we share.',
  ],
  [50008, 'This kind of channel takes no text messages. Please choose a text channel.'],
  [50009, 'The verification level of the server keeps me from posting.'],
  [50013, 'I may not post in this channel. Please give me “Send Messages” there; if I have that, “Embed Links”.'],
  [50083, 'The thread is archived. Please reopen it.'],
  [50278, 'We no longer share a server, so I cannot send you direct messages. Please join one that I am in.'],
  [160005, 'The thread is locked. Please unlock it.'],
]);

/** Refusals of a place that is no more. */
const gone: ReadonlyMap<number, string> = new Map([
  [10003, 'the channel was deleted.'],
  [10004, 'its server was deleted.'],
]);

/**
 * Troubles that pass by themselves, and that Discord reports as a 4xx: a tag that was removed as we chose it, internal network error,
 * resource overloaded, too many active threads in the server (quiet ones are archived after some days at most).
 */
const passingCodes: ReadonlySet<number> = new Set([10087, 40333, 130000, 160006]);

/** The message that our nonce found was deleted meanwhile: it had been delivered. */
const unknownMessage = 10008;

/** What has been tried of a message. */
export type Tried = {
  /** Sends before this one, from 0. They shape the waits only. */
  readonly attempts: number;
  /** Epoch milliseconds of the first of them; null before it. */
  readonly firstTriedAt: number | null;
};

/** Our clock, and a number in [0, 1) for the jitter of waits. */
export type OutcomeDeps = { nowMs(): number; fromReal(realMs: number): number; random(): number };

/**
 * What is to become of a message whose sending failed.
 *
 * @throws AppError `token-refused` on a 401: with a token that Discord refuses, nothing may be sent any more
 */
export function outcomeOfFailure(failure: DiscordFailure, tried: Tried, deps: OutcomeDeps): Outcome {
  switch (failure.kind) {
    case 'limited':
      // A limit says nothing about the message, so it is never given up for one, however old.
      return {
        kind: 'retry',
        atMs: deps.nowMs() + Math.ceil(deps.fromReal(failure.retryAfterMs)),
        reason: 'Discord asked to wait',
      };
    case 'network':
      return retryLater(`Discord could not be reached: ${failure.message}`, tried, deps, true);
    case 'server':
      return retryOrDead(`Discord answered ${failure.status}`, tried, deps, true);
    default:
      return outcomeOfRefusal(failure, tried, deps);
  }
}

/** The same of what a request threw. @throws also whatever is no failure of Discord or the network, as it came */
export function outcomeOfThrown(thrown: unknown, tried: Tried, deps: OutcomeDeps): Outcome {
  const failure = discordFailure(thrown);
  if (failure === null) throw thrown;
  return outcomeOfFailure(failure, tried, deps);
}

function outcomeOfRefusal(
  failure: Extract<DiscordFailure, { kind: 'refused' }>,
  tried: Tried,
  deps: OutcomeDeps,
): Outcome {
  if (failure.status === 401) throw tokenRefused();
  if (failure.code === unknownMessage) return { kind: 'sent', messageId: '' };
  if (failure.code === null || passingCodes.has(failure.code) || failure.status === 408) {
    return retryOrDead(`Discord answered ${failure.status}: ${failure.message}`, tried, deps, failure.status === 408);
  }
  const reason = pausing.get(failure.code);
  if (reason !== undefined) return { kind: 'pause', reason };
  const end = gone.get(failure.code);
  if (end !== undefined) return { kind: 'gone', reason: end };
  return {
    kind: 'dead',
    reason: `Discord refused the message with ${failure.status}, code ${failure.code}: ${failure.message}`,
  };
}

/** The sentence for a token that Discord does not accept, wherever that shows first. */
export function tokenRefused(cause?: unknown): AppError {
  const sentence =
    'discord: the token in DISCORD_TOKEN was refused (401). Copy the bot token again from https://discord.com/developers/applications (Bot, Reset Token).';
  return new AppError('token-refused', sentence, cause === undefined ? undefined : { cause });
}

function retryOrDead(reason: string, tried: Tried, deps: OutcomeDeps, mayHaveArrived: boolean): Outcome {
  const hasHadItsTries = tried.attempts + 1 >= fewestTries;
  if (hasHadItsTries && tried.firstTriedAt !== null && deps.nowMs() - tried.firstTriedAt >= giveUpAfterMs) {
    return { kind: 'dead', reason: `${reason}; given up a day after the first try` };
  }
  return retryLater(reason, tried, deps, mayHaveArrived);
}

function retryLater(reason: string, { attempts }: Tried, deps: OutcomeDeps, mayHaveArrived: boolean): Outcome {
  const fullMs = deps.fromReal(Math.min(longestDelayMs, firstDelayMs * 2 ** attempts));
  // Half fixed, half random: attempts of many channels spread out, and none comes at once.
  return { kind: 'retry', atMs: deps.nowMs() + Math.ceil(fullMs * (0.5 + deps.random() / 2)), reason, mayHaveArrived };
}
