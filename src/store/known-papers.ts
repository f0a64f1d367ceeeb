import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Paper } from '../domain/paper.ts';
import type { PaperToIndex } from '../search/build-segment.ts';
import { inBatches } from './batches.ts';
import { putPapers } from './paper-index.ts';
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

/**
 * Writes what is known now of papers, by id: those without a row get one, of the others what has changed is written. What can be found by
 * words goes into their index.
 */
export async function writePapers(
  db: Kysely<Tables>,
  known: ReadonlyMap<string, KnownPaper>,
  after: ReadonlyMap<string, SavedPaper>,
): Promise<{ readonly added: number; readonly updated: number }> {
  const added = [...after.values()].filter(({ paper }) => !known.has(paper.id));
  const toIndex = await addPapers(db, added);
  let updated = 0;
  for (const [id, before] of known) {
    const now = after.get(id) ?? before;
    const columns = toColumns(now);
    if (isDeepStrictEqual(columns, toColumns(before))) continue;
    await db.updateTable('papers').set(columns).where('seq', '=', before.seq).execute();
    updated += 1;
    // Cutting a paper into words is most of the work, and a paper that is announced again changes little.
    const isFoundAlike =
      now.first === before.first && isDeepStrictEqual(toPaperColumns(now.paper), toPaperColumns(before.paper));
    if (!isFoundAlike) toIndex.push({ seq: before.seq, replaces: true, paper: now.paper, announced: now.first });
  }
  await putPapers(db, toIndex);
  return { added: added.length, updated };
}

async function addPapers(db: Kysely<Tables>, added: readonly SavedPaper[]): Promise<PaperToIndex[]> {
  const toIndex: PaperToIndex[] = [];
  for (const batch of inBatches(added)) {
    const rows = await db.insertInto('papers').values(batch.map(toColumns)).returning(['id', 'seq']).execute();
    const seqOf = new Map(rows.map(({ id, seq }) => [id, seq]));
    for (const { paper, first } of batch) {
      toIndex.push({ seq: seqOf.get(paper.id) ?? 0, replaces: false, paper, announced: first });
    }
  }
  return toIndex;
}

function toColumns({ paper, first, last }: SavedPaper) {
  return { ...toPaperColumns(paper), first_announced: first, last_announced: last };
}
