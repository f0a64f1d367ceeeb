/*
 * Does a bot that is killed again and again post everything exactly once?
 *
 *   npm run crash -- [KILLS] [--database sqlite|postgres] [--seed N]
 *
 * Prints the line of the table in bench/README.md; ends with 1 where anything came twice, or not at all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashMornings } from '../tests/builders/crash-morning.ts';
import type { CrashReport } from '../tests/builders/crash-morning.ts';
import { startPostgres } from '../tests/builders/postgres.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    database: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const kills = Number(positionals[0] ?? 200);
const seed = Number(values.seed);
if (!Number.isInteger(kills) || kills < 2 || !Number.isInteger(seed) || !/^(sqlite|postgres)$/.test(values.database)) {
  process.stderr.write(
    'crash: expected a number of kills of 2 or more, --database sqlite or postgres, --seed a whole number\n',
  );
  process.exit(2);
}

async function onSqlite(): Promise<CrashReport> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-crash-'));
  let made = 0;
  try {
    const newDatabase = () => Promise.resolve(`sqlite:${join(folder, `${made++}.db`)}`);
    return await crashMornings({ kills, seed, newDatabase, withForum: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<CrashReport> {
  const server = await startPostgres();
  try {
    return await crashMornings({ kills, seed, newDatabase: () => server.createDatabase(), withForum: true });
  } finally {
    await server.close();
  }
}

const report = await (values.database === 'sqlite' ? onSqlite() : onPostgres());
for (const fault of report.faults.slice(0, 50)) process.stderr.write(`${fault}\n`);
const { hits } = report;
process.stdout.write(
  [
    '| database | seed | kills | starting or migrating | reading or matching | sending | posts under way, of them arrived | promises | messages | twice | lost | time |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    `| ${values.database} | ${seed} | ${report.kills} | ${hits.starting} + ${hits.migrating} | ${hits.reading} + ${hits.matching} | ${hits.sending} | ${report.uncertainPosts}, ${report.arrivedPosts} | ${report.promises} | ${report.messages} | ${report.duplicates} | ${report.losses} | ${report.seconds} s |`,
    '',
  ].join('\n'),
);
process.exitCode = report.faults.length > 0 ? 1 : 0;
