import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import { announcedPapers } from '../domain/listing.ts';
import type { Listing } from '../domain/listing.ts';
import type { AnnouncedPaper, Paper } from '../domain/paper.ts';
import { inBatches } from './batches.ts';
import { toIndexRow } from './index-row.ts';
import { mergePaper } from './merge-paper.ts';
import { toPaper, toPaperColumns } from './paper-row.ts';
import type { PaperIndex } from './paper-index.ts';
import type { Tables } from './schema.ts';

/** A paper as stored: its place in the index, and the days of its first and last listing. */
type KnownPaper = { readonly seq: number; readonly paper: Paper; readonly first: string; readonly last: string };

/**
 * Saves the papers of a listing and their announcements, in one transaction; see PaperStore.saveListing.
 *
 * Announcements that are new open the day again: its papers have not all been matched.
 * Cost: half a millisecond for a paper that is new (2026-11-22).
 */
export function saveListing(
  db: Kysely<Tables>,
  index: PaperIndex,
  listing: Listing,
): Promise<{ papers: number; announcements: number }> {
  const { archive, date } = listing;
  const announced = announcedPapers(listing);
  return db.transaction().execute(async (transaction) => {
    const ids = announced.map(({ paper }) => paper.id);
    const known = await knownPapers(transaction, ids);
    const before = known.size;
    for (const { paper } of announced) {
      // A listing may name a paper twice; the second entry meets what the first one left.
      known.set(paper.id, await savePaper(transaction, index, { told: paper, date, known: known.get(paper.id) }));
    }
    const announcements = await saveAnnouncements(transaction, announced, date);
    if (announcements > 0) {
      await transaction
        .updateTable('days')
        .set({ matched_at: null })
        .where('archive', '=', archive)
        .where('date', '=', date)
        .execute();
    }
    return { papers: known.size - before, announcements };
  });
}

async function knownPapers(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, KnownPaper>> {
  const known = new Map<string, KnownPaper>();
  for (const batch of inBatches(ids)) {
    const rows = await db.selectFrom('papers').selectAll().where('id', 'in', batch).execute();
    for (const row of rows) {
      known.set(row.id, { seq: row.seq, paper: toPaper(row), first: row.first_announced, last: row.last_announced });
    }
  }
  return known;
}

async function savePaper(
  db: Kysely<Tables>,
  index: PaperIndex,
  { told, date, known }: { readonly told: Paper; readonly date: string; readonly known: KnownPaper | undefined },
): Promise<KnownPaper> {
  if (known === undefined) {
    const { seq } = await db
      .insertInto('papers')
      .values({ ...toPaperColumns(told), first_announced: date, last_announced: date })
      .returning('seq')
      .executeTakeFirstOrThrow();
    await index.put(db, seq, toIndexRow(told));
    return { seq, paper: told, first: date, last: date };
  }

  const paper = mergePaper(known.paper, told, date >= known.last);
  const first = date < known.first ? date : known.first;
  const last = date > known.last ? date : known.last;
  const columns = toPaperColumns(paper);
  await db
    .updateTable('papers')
    .set({ ...columns, first_announced: first, last_announced: last })
    .where('seq', '=', known.seq)
    .execute();
  // Cutting a paper into words is most of the work, and a listing that is read again changes little.
  if (!isDeepStrictEqual(columns, toPaperColumns(known.paper))) {
    await index.put(db, known.seq, toIndexRow(paper));
  }
  return { seq: known.seq, paper, first, last };
}

/** Returns how many were new. What was announced once stays as it was announced. */
async function saveAnnouncements(
  db: Kysely<Tables>,
  announced: readonly AnnouncedPaper[],
  date: string,
): Promise<number> {
  let added = 0n;
  for (const { paper, announcements } of announced) {
    for (const { category, kind } of announcements) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('announcements')
        .values({ paper: paper.id, category, date, kind, matched_at: null })
        .onConflict((conflict) => conflict.columns(['paper', 'category', 'date']).doNothing())
        .executeTakeFirstOrThrow();
      added += numInsertedOrUpdatedRows ?? 0n;
    }
  }
  return Number(added);
}
