import { isDeepStrictEqual } from 'node:util';
import type { Kysely } from 'kysely';
import { announcedPapers } from '../domain/listing.ts';
import type { Listing, ListingSource } from '../domain/listing.ts';
import type { AnnouncedPaper, Paper } from '../domain/paper.ts';
import { inBatches } from './batches.ts';
import { toIndexRow } from './index-row.ts';
import { mergePaper } from './merge-paper.ts';
import { toPaper, toPaperColumns } from './paper-row.ts';
import type { PaperIndex } from './paper-index.ts';
import type { Tables } from './schema.ts';

/** What is known of a paper, and the days of its first and last listing. */
type SavedPaper = { readonly paper: Paper; readonly first: string; readonly last: string };
/** One that has a row, and its place in the index. */
type KnownPaper = SavedPaper & { readonly seq: number };

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
    const told = new Map<string, SavedPaper>();
    for (const { paper } of announced) {
      // A listing may name a paper twice; the second entry meets what the first one left.
      told.set(paper.id, merged(paper, date, told.get(paper.id) ?? known.get(paper.id)));
    }
    const added = [...told.values()].filter(({ paper }) => !known.has(paper.id));
    await addPapers(transaction, index, added);
    for (const before of known.values()) {
      await changePaper(transaction, index, { before, after: told.get(before.paper.id) ?? before });
    }
    const announcements = await addAnnouncements(transaction, announced, date);
    if (announcements > 0) {
      await transaction
        .updateTable('days')
        .set({ matched_at: null })
        .where('archive', '=', archive)
        .where('date', '=', date)
        .execute();
    }
    return { papers: added.length, announcements };
  });
}

/** Adds what another source knows of papers that are known; see PaperStore.enrich. */
export function enrichPapers(
  db: Kysely<Tables>,
  index: PaperIndex,
  papers: readonly Paper[],
  source: ListingSource,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const known = await knownPapers(
      transaction,
      papers.map(({ id }) => id),
    );
    let changed = 0;
    for (const told of papers) {
      const before = known.get(told.id);
      if (before === undefined) continue;
      const paper = mergePaper(before.paper, authorsFrom(told, source), false);
      if (isDeepStrictEqual(paper, before.paper)) continue;
      await changePaper(transaction, index, { before, after: { ...before, paper } });
      changed += 1;
    }
    return changed;
  });
}

/** The feeds mangle names: they are no source of authors. */
function authorsFrom(told: Paper, source: ListingSource): Paper {
  return source === 'rss' || source === 'atom' ? { ...told, authors: [], authorsTruncated: false } : told;
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

function merged(told: Paper, date: string, known?: SavedPaper): SavedPaper {
  if (known === undefined) return { paper: told, first: date, last: date };
  return {
    paper: mergePaper(known.paper, told, date >= known.last),
    first: date < known.first ? date : known.first,
    last: date > known.last ? date : known.last,
  };
}

async function addPapers(db: Kysely<Tables>, index: PaperIndex, added: readonly SavedPaper[]): Promise<void> {
  for (const batch of inBatches(added)) {
    const rows = await db.insertInto('papers').values(batch.map(toColumns)).returning(['id', 'seq']).execute();
    const seqOf = new Map(rows.map(({ id, seq }) => [id, seq]));
    await index.put(
      db,
      batch.map(({ paper }) => ({ rowid: seqOf.get(paper.id) ?? 0, ...toIndexRow(paper) })),
    );
  }
}

async function changePaper(
  db: Kysely<Tables>,
  index: PaperIndex,
  { before, after }: { readonly before: KnownPaper; readonly after: SavedPaper },
): Promise<void> {
  const columns = toColumns(after);
  if (isDeepStrictEqual(columns, toColumns(before))) return;
  await db.updateTable('papers').set(columns).where('seq', '=', before.seq).execute();
  // Cutting a paper into words is most of the work, and a paper that is announced again changes little.
  if (isDeepStrictEqual(toPaperColumns(after.paper), toPaperColumns(before.paper))) return;
  await index.put(db, [{ rowid: before.seq, ...toIndexRow(after.paper) }]);
}

function toColumns({ paper, first, last }: SavedPaper) {
  return { ...toPaperColumns(paper), first_announced: first, last_announced: last };
}

/** Returns how many were new. What was announced once stays as it was announced. */
async function addAnnouncements(
  db: Kysely<Tables>,
  announced: readonly AnnouncedPaper[],
  date: string,
): Promise<number> {
  const rows = announced.flatMap(({ paper, announcements }) =>
    announcements.map(({ category, kind }) => ({ paper: paper.id, category, date, kind, matched_at: null })),
  );
  let added = 0n;
  for (const batch of inBatches(rows)) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('announcements')
      .values(batch)
      .onConflict((conflict) => conflict.columns(['paper', 'category', 'date']).doNothing())
      .executeTakeFirstOrThrow();
    added += numInsertedOrUpdatedRows ?? 0n;
  }
  return Number(added);
}
