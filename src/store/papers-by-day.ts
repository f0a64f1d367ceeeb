import type { Kysely, Selectable } from 'kysely';
import type { AnnouncedPaper, AnnouncementKind, PaperDay } from '../domain/paper.ts';
import { inBatches } from './batches.ts';
import { toPaper } from './paper-row.ts';
import type { PaperTable, Tables } from './schema.ts';

/** The latest day before another, or of all; see PaperStore.latestDay. */
export async function latestDay(db: Kysely<Tables>, before: string | null): Promise<string | null> {
  const first = db.selectFrom('papers').select((row) => row.fn.max('first_announced').as('date'));
  const later = db.selectFrom('announcements').select((row) => row.fn.max('date').as('date'));
  const days = [
    await (before === null ? first : first.where('first_announced', '<', before)).executeTakeFirst(),
    await (before === null ? later : later.where('date', '<', before)).executeTakeFirst(),
  ];
  return (
    days
      .flatMap((day) => day?.date ?? [])
      .toSorted()
      .at(-1) ?? null
  );
}

/** The papers of a day; see PaperStore.ofDay. */
export async function papersOfDay(db: Kysely<Tables>, date: string, limit: number): Promise<AnnouncedPaper[]> {
  // A union and not an OR, for which PostgreSQL would read the whole table.
  const ids = db
    .selectFrom('papers')
    .select('id')
    .where('first_announced', '=', date)
    .union(db.selectFrom('announcements').select('paper as id').where('date', '=', date));
  const rows = await db.selectFrom('papers').selectAll().where('id', 'in', ids).orderBy('id').limit(limit).execute();
  return withAnnouncements(
    db,
    rows.map((row) => ({ row, date })),
  );
}

/** A paper on each of its days; see PaperStore.daysOf. */
export async function daysOfPaper(db: Kysely<Tables>, id: string): Promise<PaperDay[]> {
  const row = await db.selectFrom('papers').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return [];
  const announced = await db
    .selectFrom('announcements')
    .select((one) => [
      'date',
      one.fn.countAll<number>().as('all'),
      one.fn.count<number>('matched_at').as('matched'),
      one.fn.max('matched_at').as('last'),
    ])
    .where('paper', '=', id)
    .groupBy('date')
    .execute();
  const byDate = new Map(announced.map((day) => [day.date, day]));
  const dates = [...new Set([row.first_announced, ...byDate.keys()])].toSorted();
  const days = await withAnnouncements(
    db,
    dates.map((date) => ({ row, date })),
  );
  return days.map((day) => {
    const known = byDate.get(day.date);
    const matchedAt = known !== undefined && known.matched === known.all ? known.last : null;
    return { ...day, imported: known === undefined, matchedAt };
  });
}

/**
 * Papers with all their announcements of a day, ordered by category. One without any on its day came by an import, which knows no kinds: it
 * counts as new in its primary category, and so (src/match/kind-in.ts) as crossed to its others.
 */
export async function withAnnouncements(
  db: Kysely<Tables>,
  papers: readonly { readonly row: Selectable<PaperTable>; readonly date: string }[],
): Promise<(AnnouncedPaper & { readonly date: string })[]> {
  const announced = new Map<string, { category: string; kind: AnnouncementKind }[]>();
  for (const batch of inBatches(papers)) {
    const rows = await db
      .selectFrom('announcements')
      .select(['paper', 'date', 'category', 'kind'])
      .where(
        'paper',
        'in',
        batch.map(({ row }) => row.id),
      )
      .orderBy('category')
      .execute();
    for (const { paper, date, category, kind } of rows) {
      const ofDay = announced.get(`${paper} ${date}`) ?? [];
      ofDay.push({ category, kind });
      announced.set(`${paper} ${date}`, ofDay);
    }
  }
  return papers.map(({ row, date }) => ({
    paper: toPaper(row),
    date,
    announcements: announced.get(`${row.id} ${date}`) ?? [{ category: row.primary_category, kind: 'new' }],
  }));
}
