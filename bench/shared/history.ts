import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { chunks } from '../../src/lib/chunks.ts';
import { createLog } from '../../src/lib/log.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import type { Tables } from '../../src/store/schema.ts';

/** Makes `count` channels, each with one post that is due since long ago. */
export async function fillOutbox(url: string, count: number): Promise<void> {
  await filling(url, count, async (db, numbers) => {
    const targets = numbers.map((number) => ({
      id: String(number),
      kind: 'channel' as const,
      guild_id: '1',
      user_id: null,
      state: 'active' as const,
      paused_reason: null,
      probe_at: null,
      probes: 0,
      opens_at: null,
      last_message: null,
    }));
    await db.insertInto('targets').values(targets).execute();
    const rows = numbers.map((number) => ({
      ...row(number, String(number)),
      id: `open-${number}`,
      dedupe_key: `open ${number}`,
      state: 'pending' as const,
      first_tried_at: null,
      attempts: 0,
      reason: null,
      message_id: null,
      settled_at: null,
    }));
    await db.insertInto('deliveries').values(rows).execute();
  });
}

/**
 * Puts `count` posts that were sent long ago into the outbox, spread over the targets that are there, as years of mornings leave them: a
 * twentieth given up, the others sent.
 */
export async function fillHistory(url: string, count: number): Promise<void> {
  let targets: readonly { readonly id: string }[] = [];
  await filling(url, count, async (db, numbers) => {
    if (targets.length === 0) targets = await db.selectFrom('targets').select('id').orderBy('id').execute();
    const rows = numbers.map((number) => row(number, targets[number % targets.length]?.id ?? ''));
    await db.insertInto('deliveries').values(rows).execute();
  });
}

/** Counts to `count`, some hundreds in a statement and some thousands in a transaction. */
async function filling(
  url: string,
  count: number,
  fill: (db: Kysely<Tables>, numbers: readonly number[]) => Promise<void>,
): Promise<void> {
  const { db, kind } = await openDatabase(url, { log: createLog('warn') });
  try {
    const numbers = Array.from({ length: count }, (_, number) => number);
    for (const batch of chunks(numbers, 10_000)) {
      await db.transaction().execute(async (transaction) => {
        for (const statement of chunks(batch, 500)) await fill(transaction, statement);
      });
    }
    // As autovacuum would in time.
    await (kind === 'postgres' ? sql`vacuum analyze` : sql`analyze`).execute(db);
  } finally {
    await db.destroy();
  }
}

function row(number: number, target: string) {
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
