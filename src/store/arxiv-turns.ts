import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { closingOf, firstTurn, lookAtTurn, releaseTurn, reopenedTurn, takeTurn } from '../domain/arxiv-turn.ts';
import type { ArxivTurn } from '../domain/arxiv-turn.ts';
import type { ArxivTurnStore } from '../domain/ports.ts';
import { databaseNow } from './dialect.ts';
import type { DatabaseKind } from './dialect.ts';
import type { Tables } from './schema.ts';

/** All of arXiv is one queue: its hosts share their limits. */
const name = 'arxiv';

type Row = { [Column in keyof ArxivTurn]: ArxivTurn[Column] } & { readonly now: number; readonly name: string | null };

/**
 * Whose turn it is to ask arXiv, among all processes on this database and by its clock; see ArxivTurnStore.
 *
 * Cost of a turn: two short transactions. One that is told to wait writes nothing.
 */
export function createArxivTurnStore(db: Kysely<Tables>, kind: DatabaseKind): ArxivTurnStore {
  async function read(on: Kysely<Tables>): Promise<{ turn: ArxivTurn; nowMs: number }> {
    const { rows } = await sql<Row>`select ${databaseNow[kind]} as now, turn.name, turn.holder,
        turn.held_until as "heldUntil", turn.asked_at as "askedAt", turn.page_asked_at as "pageAskedAt",
        turn.closed_until as "closedUntil", turn.closed_reason as "closedReason", turn.failures
      from (select 1 as one) as always left join arxiv_turns as turn on turn.name = ${name}`.execute(on);
    const [row] = rows;
    if (row === undefined) throw new Error('store: a left join without a row');
    const { now, name: found, ...turn } = row;
    return { turn: found === null ? firstTurn : turn, nowMs: now };
  }

  /** The next turn is what `step` makes of it, and no other process comes between. */
  function change<T>(step: (turn: ArxivTurn, nowMs: number) => { turn: ArxivTurn; answer: T }): Promise<T> {
    return db.transaction().execute(async (transaction) => {
      const { turn, nowMs } = await read(transaction);
      const { turn: next, answer } = step(turn, nowMs);
      if (next !== turn) await write(transaction, next);
      return answer;
    });
  }

  return {
    take: (request) => change((turn, nowMs) => takeTurn(turn, request, nowMs)),
    release: (holder, outcome) =>
      change((turn, nowMs) => {
        const next = releaseTurn(turn, holder, outcome, nowMs);
        return { turn: next, answer: closingOf(next, nowMs) };
      }),
    look: async () => {
      const { turn, nowMs } = await read(db);
      return lookAtTurn(turn, nowMs);
    },
    reopen: () => change((turn) => ({ turn: reopenedTurn(turn), answer: undefined })),
  };
}

async function write(transaction: Transaction<Tables>, turn: ArxivTurn): Promise<void> {
  const row = {
    holder: turn.holder,
    held_until: turn.heldUntil,
    asked_at: turn.askedAt,
    page_asked_at: turn.pageAskedAt,
    closed_until: turn.closedUntil,
    closed_reason: turn.closedReason,
    failures: turn.failures,
  };
  await transaction
    .insertInto('arxiv_turns')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}
