import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstTurn, releaseTurn, takeTurn } from '../../src/domain/arxiv-turn.ts';
import type { ArxivTurn, TurnOutcome } from '../../src/domain/arxiv-turn.ts';

const minIntervalMs = 3_000;
const pageIntervalMs = 15_000;
const holdMs = 40_000;
const longestClosedMs = 24 * 3_600_000;

const outcomes = fc.oneof(
  fc.constant<TurnOutcome>({ kind: 'success' }),
  fc.constant<TurnOutcome>({ kind: 'abandoned' }),
  fc.constant<TurnOutcome>({ kind: 'refusal', reason: '403' }),
  fc.nat(10 * longestClosedMs).map((closedForMs): TurnOutcome => ({ kind: 'failure', reason: '503', closedForMs })),
);
const holders = fc.constantFrom('a', 'b', 'c');
const sorts = fc.constantFrom('page' as const, 'api' as const);
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('take' as const), holder: holders, sort: sorts }),
    fc.record({ do: fc.constant('release' as const), holder: holders, outcome: outcomes }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.oneof(fc.nat(5_000), fc.nat(100_000_000)) }),
  ),
  { maxLength: 60 },
);
const clockIsSet = fc.record({ do: fc.constant('set' as const), byMs: fc.integer({ min: -1e12, max: 1e12 }) });

const request = (holder: string, sort: 'page' | 'api') => ({ holder, sort, minIntervalMs, pageIntervalMs, holdMs });

describe('takeTurn', () => {
  it('never lets two ask at once, nor sooner than the intervals', () => {
    fc.assert(
      fc.property(steps, (done) => {
        let turn = firstTurn;
        let nowMs = 1e12;
        let held = { holder: '', untilMs: -Infinity };
        let [askedMs, pageMs] = [-Infinity, -Infinity];
        for (const step of done) {
          if (step.do === 'pass') nowMs += step.ms;
          if (step.do === 'release') {
            turn = releaseTurn(turn, step.holder, step.outcome, nowMs);
            if (held.holder === step.holder) held = { holder: '', untilMs: -Infinity };
          }
          if (step.do !== 'take') continue;
          const taken = takeTurn(turn, request(step.holder, step.sort), nowMs);
          turn = taken.turn;
          if (taken.answer.kind !== 'granted') continue;
          const isAlone = held.holder === step.holder || held.untilMs <= nowMs;
          const isSpaced =
            nowMs - askedMs >= minIntervalMs && (step.sort !== 'page' || nowMs - pageMs >= pageIntervalMs);
          expect({ isAlone, isSpaced }).toEqual({ isAlone: true, isSpaced: true });
          held = { holder: step.holder, untilMs: nowMs + holdMs };
          askedMs = nowMs;
          if (step.sort === 'page') pageMs = nowMs;
        }
      }),
    );
  });

  it('grants the turn to whoever waits as long as it is told, however the clock was set before', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(steps, clockIsSet)), (done) => {
        let turn: ArxivTurn = firstTurn;
        let nowMs = 1e13;
        for (const step of done.flat()) {
          if (step.do === 'pass') nowMs += step.ms;
          if (step.do === 'set') nowMs += step.byMs;
          if (step.do === 'release') turn = releaseTurn(turn, step.holder, step.outcome, nowMs);
          if (step.do === 'take') ({ turn } = takeTurn(turn, request(step.holder, step.sort), nowMs));
        }
        let waitedMs = 0;
        for (;;) {
          const taken = takeTurn(turn, request('d', 'page'), nowMs + waitedMs);
          turn = taken.turn;
          if (taken.answer.kind === 'granted') break;
          const waitMs = taken.answer.kind === 'wait' ? taken.answer.waitMs : taken.answer.closing.forMs;
          expect(waitMs).toBeGreaterThan(0);
          waitedMs += waitMs;
        }
        expect(waitedMs).toBeLessThanOrEqual(longestClosedMs + holdMs + pageIntervalMs);
      }),
    );
  });
});
