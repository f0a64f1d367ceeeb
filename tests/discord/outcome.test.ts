import { describe, expect, it } from 'vitest';
import { outcomeOfFailure } from '../../src/discord/outcome.ts';
import type { DiscordFailure } from '../../src/discord/failure.ts';

const nowMs = Date.UTC(2025, 4, 23);
const deps = { nowMs: () => nowMs, fromReal: (realMs: number) => realMs, random: () => 0 };
const hourMs = 60 * 60 * 1_000;
const fresh = { attempts: 0, firstTriedAt: null };

function refused(status: number, code: number | null, message = 'No'): DiscordFailure {
  return { kind: 'refused', status, code, message };
}

/** Whether a message that failed so may have arrived. */
function mayHaveArrived(failure: DiscordFailure): boolean {
  const outcome = outcomeOfFailure(failure, fresh, deps);
  return ('mayHaveArrived' in outcome && outcome.mayHaveArrived) ?? false;
}

describe('outcomeOfFailure', () => {
  it.each([
    [403, 50001, /View Channel/],
    [403, 50007, /direct messages/],
    [403, 50013, /Send Messages/],
    [403, 50278, /no longer share a server/],
    [403, 160005, /locked/],
  ])('pauses the target on %i with code %i, in words for people', (status, code, reason) => {
    expect(outcomeOfFailure(refused(status, code), fresh, deps)).toEqual({
      kind: 'pause',
      reason: expect.stringMatching(reason),
    });
  });

  it.each([
    [404, 10003, /channel was deleted/],
    [404, 10004, /server was deleted/],
  ])('ends the target on %i with code %i', (status, code, reason) => {
    expect(outcomeOfFailure(refused(status, code), fresh, deps)).toEqual({
      kind: 'gone',
      reason: expect.stringMatching(reason),
    });
  });

  it('buries any other refusal with its code and message', () => {
    expect(outcomeOfFailure(refused(400, 50035, 'Invalid Form Body'), fresh, deps)).toEqual({
      kind: 'dead',
      reason: 'Discord refused the message with 400, code 50035: Invalid Form Body',
    });
  });

  it('stops everything on a 401', () => {
    expect(() => outcomeOfFailure(refused(401, 0), fresh, deps)).toThrow(
      expect.objectContaining({
        code: 'token-refused',
        message: expect.stringContaining('DISCORD_TOKEN'),
      }),
    );
  });

  it('counts a message that our nonce found but somebody deleted as delivered', () => {
    expect(outcomeOfFailure(refused(404, 10008), { ...fresh, attempts: 1 }, deps)).toEqual({
      kind: 'sent',
      messageId: '',
    });
  });

  it('tries again when a refusal is none of Discord’s, for it came from a proxy', () => {
    expect(outcomeOfFailure(refused(403, null), fresh, deps)).toMatchObject({ kind: 'retry' });
  });

  it('waits exactly as long as a rate limit says, however often and however long it was tried', () => {
    const limited: DiscordFailure = { kind: 'limited', retryAfterMs: 61_000.2 };
    const old = { attempts: 100_000, firstTriedAt: nowMs - 48 * hourMs };
    expect(outcomeOfFailure(limited, old, deps)).toMatchObject({ kind: 'retry', atMs: nowMs + 61_001 });
  });

  it('doubles its wait after every failure of the server, up to five minutes', () => {
    const waits = [0, 1, 2, 3, 8, 9, 20].map((attempts) => {
      const outcome = outcomeOfFailure({ kind: 'server', status: 502 }, { ...fresh, attempts }, deps);
      return outcome.kind === 'retry' ? outcome.atMs - nowMs : outcome.kind;
    });
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 128_000, 150_000, 150_000]);
  });

  it('spreads waits by half of their length', () => {
    const outcome = outcomeOfFailure(
      { kind: 'network', message: 'no answer in time' },
      { ...fresh, attempts: 3 },
      { ...deps, random: () => 0.5 },
    );
    expect(outcome).toEqual({
      kind: 'retry',
      atMs: nowMs + 6_000,
      reason: 'Discord could not be reached: no answer in time',
      mayHaveArrived: true,
    });
  });

  it('gives nothing up after a few tries, though the clock was set by days in between', () => {
    const jumped = { attempts: 8, firstTriedAt: nowMs - 300 * 24 * hourMs };
    expect(outcomeOfFailure({ kind: 'server', status: 503 }, jumped, deps)).toMatchObject({ kind: 'retry' });
  });

  it('gives up what Discord fails on a day after the first of many tries, and not before', () => {
    const outcomes = [24 * hourMs - 1, 24 * hourMs].map((ageMs) =>
      outcomeOfFailure({ kind: 'server', status: 503 }, { attempts: 9, firstTriedAt: nowMs - ageMs }, deps),
    );
    expect(outcomes).toEqual([
      { kind: 'retry', atMs: nowMs + 150_000, reason: 'Discord answered 503', mayHaveArrived: true },
      { kind: 'dead', reason: 'Discord answered 503; given up a day after the first try' },
    ]);
  });

  it('gives nothing up for the number of its attempts: most of them may have been rate limits', () => {
    const often = { attempts: 300, firstTriedAt: nowMs - hourMs };
    expect(outcomeOfFailure({ kind: 'server', status: 502 }, often, deps)).toMatchObject({ kind: 'retry' });
  });

  it('never gives up while Discord cannot be reached', () => {
    const old = { attempts: 2_000, firstTriedAt: nowMs - 7 * 24 * hourMs };
    expect(outcomeOfFailure({ kind: 'network', message: 'no route' }, old, deps)).toMatchObject({ kind: 'retry' });
  });

  it('says of a refusal that nothing arrived, and of a lost answer that it may have', () => {
    expect(mayHaveArrived({ kind: 'network', message: 'reset' })).toBe(true);
    expect(mayHaveArrived({ kind: 'server', status: 504 })).toBe(true);
    expect(mayHaveArrived(refused(408, null))).toBe(true);
    expect(mayHaveArrived({ kind: 'limited', retryAfterMs: 1 })).toBe(false);
    expect(mayHaveArrived(refused(403, null))).toBe(false);
    expect(mayHaveArrived(refused(403, 40333))).toBe(false);
  });

  it('measures its waits on our clock, which may run faster than Discord’s', () => {
    const fast = { ...deps, fromReal: (realMs: number) => realMs * 60 };
    expect(outcomeOfFailure({ kind: 'limited', retryAfterMs: 500 }, fresh, fast)).toMatchObject({
      atMs: nowMs + 30_000,
    });
    expect(outcomeOfFailure({ kind: 'server', status: 502 }, fresh, fast)).toMatchObject({ atMs: nowMs + 30_000 });
  });
});
