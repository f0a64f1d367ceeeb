import type { Kysely } from 'kysely';
import { announcedPapers } from '../domain/listing.ts';
import type { Listing } from '../domain/listing.ts';
import type { AnnouncedPaper, Paper } from '../domain/paper.ts';
import { inBatches } from './batches.ts';
import { knownPapers, writePapers } from './known-papers.ts';
import type { SavedPaper } from './known-papers.ts';
import { manglesAuthors, mergePaper } from './merge-paper.ts';
import type { Tables } from './schema.ts';

/**
 * Saves the papers of a listing and their announcements, in one transaction; see PaperStore.saveListing.
 *
 * Announcements that are new open the day again: its papers have not all been matched.
 * Cost: 0.3 ms of CPU for a paper that is new (2026-11-23).
 */
export function saveListing(db: Kysely<Tables>, listing: Listing): Promise<{ papers: number; announcements: number }> {
  const { archive, date, source } = listing;
  const announced = announcedPapers(listing);
  const authorsAreMangled = manglesAuthors(source);
  return db.transaction().execute(async (transaction) => {
    const ids = announced.map(({ paper }) => paper.id);
    const known = await knownPapers(transaction, ids);
    const told = new Map<string, SavedPaper>();
    for (const { paper, announcements } of announced) {
      const telling = { date, authorsAreMangled, isNew: announcements.some(({ kind }) => kind === 'new') };
      // A listing may name a paper twice; the second entry meets what the first one left.
      told.set(paper.id, merged(paper, telling, told.get(paper.id) ?? known.get(paper.id)));
    }
    const { added } = await writePapers(transaction, known, told);
    const announcements = await addAnnouncements(transaction, announced, date);
    if (announcements > 0) {
      await transaction
        .updateTable('days')
        .set({ matched_at: null })
        .where('archive', '=', archive)
        .where('date', '=', date)
        .execute();
    }
    return { papers: added, announcements };
  });
}

/** As what and when a paper was told of. */
type Telling = { readonly date: string; readonly isNew: boolean; readonly authorsAreMangled: boolean };

function merged(told: Paper, telling: Telling, known?: SavedPaper & { readonly isListed?: boolean }): SavedPaper {
  const { date, isNew, authorsAreMangled } = telling;
  if (known === undefined) return { paper: told, first: date, last: date };
  const paper = mergePaper(known.paper, told, { isCurrent: date >= known.last, authorsAreMangled });
  // An import could only estimate when it was new.
  if (known.isListed === false && isNew) return { paper, first: date, last: date };
  return {
    paper,
    first: date < known.first ? date : known.first,
    last: date > known.last ? date : known.last,
  };
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
