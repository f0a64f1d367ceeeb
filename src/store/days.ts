import type { Kysely, Selectable } from 'kysely';
import type { Day } from '../domain/day.ts';
import type { DayStore } from '../domain/ports.ts';
import type { DayTable, Tables } from './schema.ts';

/** The days of the archives. `matched_at` is set by `deliveries.commit`, and cleared when a later reading finds more papers. */
export function createDayStore(db: Kysely<Tables>): DayStore {
  return {
    get: async (archive, date) => {
      const row = await db
        .selectFrom('days')
        .selectAll()
        .where('archive', '=', archive)
        .where('date', '=', date)
        .executeTakeFirst();
      return row ? toDay(row) : null;
    },

    firstKnown: async (archive) => {
      const row = await db
        .selectFrom('days')
        .select('date')
        .where('archive', '=', archive)
        .orderBy('date')
        .limit(1)
        .executeTakeFirst();
      return row?.date ?? null;
    },

    save: async ({ archive, date, state, papers, source, triedAt }) => {
      const reading = { state, papers, source, tried_at: triedAt };
      await db
        .insertInto('days')
        .values({ archive, date, ...reading, matched_at: null })
        .onConflict((conflict) => conflict.columns(['archive', 'date']).doUpdateSet(reading))
        .execute();
    },

    recent: async (limit) => {
      const rows = await db
        .selectFrom('days')
        .selectAll()
        .orderBy('date', 'desc')
        .orderBy('archive')
        .limit(limit)
        .execute();
      return rows.map(toDay);
    },
  };
}

function toDay({ tried_at, matched_at, ...day }: Selectable<DayTable>): Day {
  return { ...day, triedAt: tried_at, matchedAt: matched_at };
}
