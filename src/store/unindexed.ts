import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Log } from '../lib/log.ts';
import { readJson } from './json-column.ts';
import { putPapers } from './paper-index.ts';
import { toPaper } from './paper-row.ts';
import type { Tables } from './schema.ts';

/** Where the fourth migration says which papers are not in the index of words yet: by `papers.seq`, after the one and up to the other. */
const settingKey = 'search.unindexed';
const rangeSchema = z.object({ after: z.int(), until: z.int() });

/** Papers a transaction indexes: a tenth of a second, so that others come in between. */
const papersAtOnce = 500;
/** How many between two lines of the log. */
const papersBetweenLines = 10_000;

/**
 * Indexes papers that were saved before there was an index of words; none is left afterwards. An interrupted run is gone on with, and
 * several processes share the work. Cost: a fifth of a millisecond a paper.
 */
export async function indexUnindexed(db: Kysely<Tables>, name: string, log?: Log): Promise<void> {
  let done = 0;
  for (;;) {
    const next = await db.transaction().execute(indexSome);
    if (next === null) break;
    done += next.papers;
    if (done % papersBetweenLines < next.papers) {
      log?.info(
        { database: name, indexed: done },
        `store: indexing the papers of the database ${name}: ${done} so far, once after an upgrade`,
      );
    }
  }
}

/** Null where nothing is left. */
async function indexSome(db: Kysely<Tables>): Promise<{ readonly papers: number } | null> {
  const setting = await db.selectFrom('settings').select('value').where('key', '=', settingKey).executeTakeFirst();
  if (setting === undefined) return null;
  const { after, until } = readJson(rangeSchema, setting.value, `settings ${settingKey}`);
  const rows = await db
    .selectFrom('papers')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', until)
    .orderBy('seq')
    .limit(papersAtOnce)
    .execute();
  // One that has changed since is in the index already: what is put last counts.
  await putPapers(
    db,
    rows.map((row) => ({ seq: row.seq, replaces: true, paper: toPaper(row), announced: row.first_announced })),
  );
  const last = rows.at(-1);
  if (last === undefined) {
    await db.deleteFrom('settings').where('key', '=', settingKey).execute();
    return null;
  }
  await db
    .updateTable('settings')
    .set({ value: JSON.stringify({ after: last.seq, until }) })
    .where('key', '=', settingKey)
    .execute();
  return { papers: rows.length };
}
