import type { Kysely } from 'kysely';
import type { Paper } from '../domain/paper.ts';
import type { PaperStore } from '../domain/ports.ts';
import { backfill, enrich } from './backfill.ts';
import { inBatches } from './batches.ts';
import { forgetImport, importPosition } from './imports.ts';
import { toPaper } from './paper-row.ts';
import { daysOfPaper, latestDay, papersOfDay, withAnnouncements } from './papers-by-day.ts';
import { saveListing } from './save-listing.ts';
import type { Tables } from './schema.ts';
import type { Searches } from './searches.ts';

/** The archive of papers, and what was announced when. */
export function createPaperStore(db: Kysely<Tables>, searches: Searches): PaperStore {
  return {
    saveListing: (listing) => saveListing(db, listing),

    unmatched: async (archive, date) => {
      const rows = await db
        .selectFrom('papers')
        .innerJoin('announcements', 'announcements.paper', 'papers.id')
        .selectAll('papers')
        .where('announcements.category', '=', archive)
        .where('announcements.date', '=', date)
        .where('announcements.matched_at', 'is', null)
        .orderBy('papers.id')
        .execute();
      return withAnnouncements(
        db,
        rows.map((row) => ({ row, date })),
      );
    },

    matchedOn: async (date, ids) => {
      const matched = new Set<string>();
      for (const batch of inBatches(ids)) {
        const rows = await db
          .selectFrom('announcements')
          .select('paper')
          .where('paper', 'in', batch)
          .where('date', '=', date)
          .where('matched_at', 'is not', null)
          .execute();
        for (const { paper } of rows) matched.add(paper);
      }
      return matched;
    },

    announcedOn: (archive, date) =>
      db
        .selectFrom('announcements')
        .select(['paper as id', 'kind'])
        .where('category', '=', archive)
        .where('date', '=', date)
        .orderBy('paper')
        .execute(),

    announcedBefore: async (archive, date, ids) => {
      const found: string[] = [];
      for (const batch of inBatches(ids.toSorted())) {
        const rows = await db
          .selectFrom('announcements')
          .select('paper')
          .distinct()
          .where('paper', 'in', batch)
          .where('category', '=', archive)
          .where('date', '<', date)
          .where('kind', '=', 'new')
          .orderBy('paper')
          .execute();
        found.push(...rows.map(({ paper }) => paper));
      }
      return found;
    },

    byIds: async (ids) => {
      const byId = new Map<string, Paper>();
      for (const batch of inBatches(ids)) {
        const rows = await db.selectFrom('papers').selectAll().where('id', 'in', batch).execute();
        for (const row of rows) byId.set(row.id, toPaper(row));
      }
      return ids.flatMap((id) => byId.get(id) ?? []);
    },

    recent: async (limit) => {
      const rows = await db
        .selectFrom('papers')
        .selectAll()
        .orderBy('last_announced', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return withAnnouncements(
        db,
        rows.map((row) => ({ row, date: row.last_announced })),
      );
    },

    latestDay: (before) => latestDay(db, before),

    ofDay: (date, limit) => papersOfDay(db, date, limit),

    daysOf: (id) => daysOfPaper(db, id),

    backfill: (batch, progress) => backfill(db, batch, progress),

    enrich: (papers, source) => enrich(db, papers, source),

    importPosition: (source) => importPosition(db, source),

    forgetImport: (source) => forgetImport(db, source),

    search: searches.search,

    similar: searches.similar,

    nearest: searches.nearest,
  };
}
