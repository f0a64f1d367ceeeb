import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { feedCheckSchema } from '../domain/day.ts';
import type { Day } from '../domain/day.ts';
import { listingSources } from '../domain/listing.ts';
import { announcementKinds } from '../domain/paper.ts';
import type { DayStore } from '../domain/ports.ts';
import { readJson } from './json-column.ts';
import type { DayTable, Tables } from './schema.ts';

/** The days of the archives. `matched_at` is set by `deliveries.commit`, and cleared when a later reading finds more papers. */
export function createDayStore(db: Kysely<Tables>): DayStore {
  return {
    get: (archive, date) => find(db, archive, date),

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

    save: ({ archive, date, state, papers, counts, declared, source, found, triedAt }) =>
      db.transaction().execute(async (transaction) => {
        const known = await find(transaction, archive, date);
        const sources = new Set([...(known?.sources ?? []), ...(source === null ? [] : [source])]);
        const isRead = state === 'complete' || state === 'partial' || state === 'empty';
        const isSame = known?.state === state && known.papers === papers;
        const reading = {
          state,
          papers,
          counts_json: JSON.stringify(counts),
          declared,
          sources_json: JSON.stringify([...sources]),
          found,
          first_tried_at: known?.firstTriedAt ?? triedAt,
          tried_at: triedAt ?? known?.triedAt ?? null,
          read_at: isRead ? ((isSame ? known.readAt : null) ?? triedAt) : (known?.readAt ?? null),
        };
        await transaction
          .insertInto('days')
          .values({ archive, date, ...reading, matched_at: null, check_json: null })
          .onConflict((conflict) => conflict.columns(['archive', 'date']).doUpdateSet(reading))
          .execute();
      }),

    saveCheck: async (archive, date, check) => {
      await db
        .updateTable('days')
        .set({ check_json: JSON.stringify(check) })
        .where('archive', '=', archive)
        .where('date', '=', date)
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

    since: async (date) => {
      const rows = await db.selectFrom('days').selectAll().where('date', '>=', date).execute();
      return rows.map(toDay);
    },
  };
}

async function find(db: Kysely<Tables>, archive: string, date: string): Promise<Day | null> {
  const row = await db
    .selectFrom('days')
    .selectAll()
    .where('archive', '=', archive)
    .where('date', '=', date)
    .executeTakeFirst();
  return row ? toDay(row) : null;
}

const countsSchema = z.partialRecord(z.enum(announcementKinds), z.int());
const sourcesSchema = z.array(z.enum(listingSources));

/** @throws AppError('database-damaged') where a JSON column cannot be read */
function toDay(row: Selectable<DayTable>): Day {
  const { archive, date, state, papers, declared, found } = row;
  const place = `days ${archive} ${date}`;
  return {
    archive,
    date,
    state,
    papers,
    counts: readJson(countsSchema, row.counts_json, `${place} counts_json`),
    declared,
    sources: readJson(sourcesSchema, row.sources_json, `${place} sources_json`),
    found,
    firstTriedAt: row.first_tried_at,
    triedAt: row.tried_at,
    readAt: row.read_at,
    matchedAt: row.matched_at,
    check: row.check_json === null ? null : readJson(feedCheckSchema, row.check_json, `${place} check_json`),
  };
}
