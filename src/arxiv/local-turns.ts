import { closingOf, firstTurn, lookAtTurn, releaseTurn, reopenedTurn, takeTurn } from '../domain/arxiv-turn.ts';
import type { ArxivTurnStore } from '../domain/ports.ts';
import type { Clock } from '../lib/clock.ts';

/** Turns at arXiv for whoever has no database: nobody but this process keeps to them, and they are forgotten with it. */
export function createLocalTurns(clock: Clock): ArxivTurnStore {
  let turn = firstTurn;
  const startedAt = clock.now();
  /** Real milliseconds, however fast our clock is. */
  const now = () => Math.floor(startedAt + clock.monotonic() / clock.fromReal(1));
  return {
    take: async (request) => {
      const { turn: next, answer } = takeTurn(turn, request, now());
      turn = next;
      return answer;
    },
    release: async (holder, outcome) => {
      turn = releaseTurn(turn, holder, outcome, now());
      return closingOf(turn, now());
    },
    look: async () => lookAtTurn(turn, now()),
    reopen: async () => {
      turn = reopenedTurn(turn);
    },
  };
}
