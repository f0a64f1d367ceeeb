import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Paper } from '../domain/paper.ts';
import { inBatches } from './batches.ts';
import { toIndexRow } from './index-row.ts';
import type { PaperIndex } from './paper-index.ts';
import { toPaper, toPaperColumns } from './paper-row.ts';
import type { Tables } from './schema.ts';

/** What is known of a paper, and the days of its first and last listing: ISO dates. */
export type SavedPaper = { readonly paper: Paper; readonly first: string; readonly last: string };

/** One that has a row. `isListed`: false where its days are an import's word, because no listing that we read announced it. */
export type KnownPaper = SavedPaper & { readonly seq: number; readonly isListed: boolean };

/** What is known of these, by id. */
export async function knownPapers(db: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, KnownPaper>> {
  const known = new Map<string, KnownPaper>();
  for (const batch of inBatches(ids)) {
    const rows = await db
      .selectFrom('papers')
      .selectAll()
      .select(sql`exists (select 1 from announcements where announcements.paper = papers.id)`.as('listed'))
      .where('id', 'in', batch)
      .execute();
    for (const { seq, listed, ...row } of rows) {
      // SQLite has no booleans.
      const isListed = listed === true || listed === 1;
      known.set(row.id, { seq, isListed, paper: toPaper(row), first: row.first_announced, last: row.last_announced });
    }
  }
  return known;
}

/** Papers that have no row. */
export async function addPapers(db: Kysely<Tables>, index: PaperIndex, added: readonly SavedPaper[]): Promise<void> {
  for (const batch of inBatches(added)) {
    const rows = await db.insertInto('papers').values(batch.map(toColumns)).returning(['id', 'seq']).execute();
    const seqOf = new Map(rows.map(({ id, seq }) => [id, seq]));
    await index.put(
      db,
      batch.map(({ paper }) => ({ rowid: seqOf.get(paper.id) ?? 0, ...toIndexRow(paper) })),
    );
  }
}

/** Writes what has changed of a paper; true if anything had. */
export async function changePaper(
  db: Kysely<Tables>,
  index: PaperIndex,
  { before, after }: { readonly before: KnownPaper; readonly after: SavedPaper },
): Promise<boolean> {
  const columns = toColumns(after);
  if (isDeepStrictEqual(columns, toColumns(before))) return false;
  await db.updateTable('papers').set(columns).where('seq', '=', before.seq).execute();
  // Cutting a paper into words is most of the work, and a paper that is announced again changes little.
  if (!isDeepStrictEqual(toPaperColumns(after.paper), toPaperColumns(before.paper))) {
    await index.put(db, [{ rowid: before.seq, ...toIndexRow(after.paper) }]);
  }
  return true;
}

function toColumns({ paper, first, last }: SavedPaper) {
  return { ...toPaperColumns(paper), first_announced: first, last_announced: last };
}
