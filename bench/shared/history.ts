import { sql } from 'kysely';
import { createLog } from '../../src/lib/log.ts';
import { openDatabase } from '../../src/store/open-database.ts';

/** Rows written with one statement. */
const batch = 5_000;

/**
 * Puts `count` posts that were sent long ago into the outbox, spread over the targets that are there, as years of mornings leave them: a
 * twentieth given up, the others sent.
 */
export async function fillHistory(url: string, count: number): Promise<void> {
  const { db } = await openDatabase(url, { log: createLog('warn') });
  try {
    const targets = await db.selectFrom('targets').select('id').orderBy('id').execute();
    for (let written = 0; written < count; written += batch) {
      const rows = Array.from({ length: Math.min(batch, count - written) }, (_, at) => row(written + at, targets));
      await db.transaction().execute(async (transaction) => {
        for (let from = 0; from < rows.length; from += 500) {
          await transaction
            .insertInto('deliveries')
            .values(rows.slice(from, from + 500))
            .execute();
        }
      });
    }
    await sql`analyze`.execute(db);
  } finally {
    await db.destroy();
  }
}

function row(number: number, targets: readonly { readonly id: string }[]) {
  const target = targets[number % targets.length]?.id ?? '';
  const isDead = number % 20 === 0;
  const at = 1_600_000_000_000 + number * 1_000;
  return {
    id: `past-${number}`,
    dedupe_key: `past ${number}`,
    target,
    style: 'cards' as const,
    date: '2020-09-14',
    due: at,
    papers_json:
      '[{"paper":"2009.00001","occasion":"first","kind":"new","score":0.5,"subscriptions":["s"],"evidence":[]}]',
    state: isDead ? ('dead' as const) : ('sent' as const),
    not_before: at,
    sender: null,
    first_tried_at: at,
    attempts: 1,
    reason: isDead ? 'it was long ago' : null,
    message_id: isDead ? null : String(number),
    created_at: at,
    settled_at: at,
    publish_at: null,
  };
}
