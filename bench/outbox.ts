/*
 * What does the outbox cost when its history is long: claiming, settling, counting?
 *
 *   node bench/outbox.ts [--open 5000] [--settled 1000000] [--postgres]
 *
 * A database with so many channels, one open post each, and the history of years. Prints a row a step, then how the database finds the
 * rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CompiledQuery } from 'kysely';
import type { Kysely, KyselyPlugin, RootOperationNode } from 'kysely';
import { createLog } from '../src/lib/log.ts';
import { createDeliveryStore } from '../src/store/deliveries.ts';
import { openDatabase } from '../src/store/open-database.ts';
import type { Tables } from '../src/store/schema.ts';
import { startPostgres } from '../tests/builders/postgres.ts';
import { fillHistory, fillOutbox } from './shared/history.ts';

const { values } = parseArgs({
  options: {
    open: { type: 'string', default: '5000' },
    settled: { type: 'string', default: '1000000' },
    postgres: { type: 'boolean', default: false },
  },
});
const log = createLog('warn');
const folder = mkdtempSync(join(tmpdir(), 'paperboy-outbox-'));
const server = values.postgres ? await startPostgres() : null;
const url = server ? await server.createDatabase() : `sqlite:${join(folder, 'paperboy.db')}`;
try {
  await fillOutbox(url, Number(values.open));
  await fillHistory(url, Number(values.settled));
  const { db, kind } = await openDatabase(url, { log });
  await db.insertInto('leases').values({ name: 'worker', holder: 'bench', beat: 1 }).execute();
  const asked: RootOperationNode[] = [];
  const recorder: KyselyPlugin = {
    transformQuery: ({ node }) => (asked.push(node), node),
    transformResult: async ({ result }) => result,
  };
  const deliveries = createDeliveryStore(db.withPlugin(recorder), log);
  const nowMs = Date.now();
  const rows: string[] = [];
  const plans: string[] = [];
  const measure = async (step: string, times: number, action: () => Promise<unknown>): Promise<void> => {
    const took: number[] = [];
    for (let count = 0; count < times; count++) {
      asked.length = 0;
      const startedAt = performance.now();
      await action();
      took.push(performance.now() - startedAt);
    }
    const sorted = took.toSorted((a, b) => a - b);
    rows.push(
      `| ${step} | ${kind} | ${sorted[Math.floor(times / 2)]?.toFixed(2)} ms | ${sorted.at(-1)?.toFixed(2)} ms | ${times} |`,
    );
    for (const node of asked.filter((one) => one.kind === 'SelectQueryNode'))
      plans.push(`${step}:\n${await planOf(db, node, kind)}`);
  };
  await measure('claim 8 posts', 30, async () => {
    const claimed = await deliveries.claim({ sender: 'bench', nowMs, limit: 8 });
    if (claimed.length !== 8) throw new Error(`only ${claimed.length} were claimed`);
  });
  const sending = await db.selectFrom('deliveries').select('id').where('state', '=', 'sending').execute();
  await measure('settle one', 100, () =>
    deliveries.settle(sending.pop()?.id ?? '', { kind: 'sent', messageId: '1', laneOpensAtMs: null }, nowMs),
  );
  await measure('count all', 10, () => deliveries.counts(nowMs));
  await measure('list 1,000 dead letters', 10, () => deliveries.dead(1_000));
  process.stdout.write(`${values.open} open, ${values.settled} settled\n${rows.join('\n')}\n\n${plans.join('\n')}\n`);
  await db.destroy();
} finally {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
}

async function planOf(db: Kysely<Tables>, node: RootOperationNode, kind: string): Promise<string> {
  const { sql, parameters, queryId } = db.getExecutor().compileQuery(node, { queryId: 'plan' });
  const explain = kind === 'sqlite' ? 'explain query plan' : 'explain (analyze, costs off)';
  const plan = CompiledQuery.raw(`${explain} ${sql}`, [...parameters]);
  const { rows } = await db.executeQuery<Record<string, unknown>>({ ...plan, queryId });
  return rows.map((row) => `  ${String(row['detail'] ?? row['QUERY PLAN'])}`).join('\n');
}
