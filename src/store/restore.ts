import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { AppError } from '../lib/errors.ts';
import { copyTables, countingTables, stateTables } from './copy-tables.ts';
import type { StateTable } from './copy-tables.ts';
import type { Database } from './open-database.ts';
import type { Tables } from './schema.ts';

/** Tables that hold what people would miss; settings and notices alone are none. */
const missedTables = ['papers', 'subscriptions', 'deliveries', 'targets', 'marks', 'promises'] as const;

/** @throws AppError('database-in-use') where the database holds anything that a restore would delete */
export async function refuseFilled(db: Kysely<Tables>, name: string): Promise<void> {
  for (const table of missedTables) {
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length === 0) continue;
    throw new AppError(
      'database-in-use',
      `restore: the database ${name} already holds ${table}: back it up, then add --force to replace all it holds`,
    );
  }
}

/**
 * Replaces all that `database` holds by what `backup` holds, in one transaction: whatever goes wrong, it is as it was. Afterwards nobody
 * holds a lease.
 *
 * Cost: that of copying; others wait meanwhile.
 *
 * @param backup found sound by `openBackup`
 * @param options.force false: only into a database that holds nothing
 * @param options.deadHolders of leases; any other holder lives, and must not find another outbox under its hands
 * @returns how many rows of each table there are now
 * @throws AppError('database-in-use') or AppError('bot-running') with a sentence
 */
export async function restore(
  { db, kind, name }: Database,
  backup: Kysely<Tables>,
  options: { readonly force: boolean; readonly deadHolders: readonly string[] },
): Promise<Record<StateTable, number>> {
  return db.transaction().execute(async (transaction) => {
    // What writes without a transaction, as a lease that is taken, waits too: SQLite's transaction has locked the file already.
    if (kind === 'postgres') await sql`lock table ${allTables} in access exclusive mode`.execute(transaction);
    await refuseHeld(transaction, name, options.deadHolders);
    if (!options.force) await refuseFilled(transaction, name);
    await (kind === 'postgres' ? sql`truncate table ${allTables}`.execute(transaction) : emptySqlite(transaction));
    const copied = await copyTables(backup, transaction);
    if (kind === 'postgres') await countOn(transaction);
    return copied;
  });
}

const allTables = sql.join([...stateTables, 'leases'].map((table) => sql.table(table)));

/** @throws AppError('bot-running'), the sentence for a bot that runs on the database that is to be replaced */
async function refuseHeld(transaction: Transaction<Tables>, name: string, dead: readonly string[]): Promise<void> {
  const leases = await transaction.selectFrom('leases').select('holder').orderBy('name').execute();
  const living = leases.find(({ holder }) => holder !== null && !dead.includes(holder));
  if (living?.holder) throw botRunning(name, living.holder);
}

export function botRunning(name: string, holder: string): AppError {
  return new AppError('bot-running', `restore: ${holder} runs on the database ${name}: stop it, and run restore again`);
}

async function emptySqlite(transaction: Transaction<Tables>): Promise<void> {
  for (const table of ['leases', ...stateTables.toReversed()]) {
    await sql`delete from ${sql.table(table)}`.execute(transaction);
  }
}

/** PostgreSQL's counters do not follow the rows that bring their own number; SQLite's do. */
async function countOn(transaction: Transaction<Tables>): Promise<void> {
  for (const table of countingTables) {
    await sql`select setval(pg_get_serial_sequence(${table}, 'seq'), coalesce(max(seq), 0) + 1, false)
      from ${sql.table(table)}`.execute(transaction);
  }
}
