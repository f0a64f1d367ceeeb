import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentFor, paperboy, startPaperboy, temporaryFolder } from '../builders/paperboy.ts';
import { databaseKinds, temporaryDatabase } from '../builders/temporary-database.ts';

const seed = 'seeds/cs.DC-2025-05-23.txt';

/** One sentence for a person: a single line, and no stack. */
const oneSentence = /^[^\n]+\n$/;

/** The environment of a database that has read the seed. */
async function filled(kind: (typeof databaseKinds)[number]) {
  const env = environmentFor(temporaryFolder(), { DATABASE_URL: await temporaryDatabase(kind) });
  expect((await paperboy(['ingest', seed], { env })).code).toBe(0);
  return env;
}

const search = async (env: Record<string, string>) =>
  (await paperboy(['search', 'federated', '--sort', 'date'], { env })).stdout.replaceAll(/"score":[\d.]+/g, '');

describe.each(databaseKinds)('paperboy backup and restore on %s', (kind) => {
  it('bring the state to the other database', async () => {
    const env = await filled(kind);
    const file = join(temporaryFolder(), 'backup.db');
    const backup = await paperboy(['backup', file], { env });
    expect([backup.code, backup.stderr]).toEqual([0, '']);
    const rows = { papers: 21, subscriptions: 0, deliveries: 0 };
    const bytes = statSync(file).size;
    expect(JSON.parse(backup.stdout)).toEqual({ file, ...rows, bytes, seconds: expect.any(Number) });

    const other = { ...env, DATABASE_URL: await temporaryDatabase(kind === 'sqlite' ? 'postgres' : 'sqlite') };
    const restored = await paperboy(['restore', file], { env: other });
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect(JSON.parse(restored.stdout)).toEqual({ file, ...rows, seconds: expect.any(Number) });
    expect(await search(other)).toEqual(await search(env));
  });

  it('refuse to replace what is there, unless told to', async () => {
    const env = await filled(kind);
    const file = join(temporaryFolder(), 'backup.db');
    await paperboy(['backup', file], { env });
    const before = readFileSync(file);
    const again = await paperboy(['backup', file], { env });
    expect([again.code, again.stdout, again.stderr]).toEqual([1, '', expect.stringMatching(oneSentence)]);
    expect(again.stderr).toContain(`backup: ${file} exists already`);
    expect(readFileSync(file).equals(before)).toBe(true);

    const refused = await paperboy(['restore', file], { env });
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([1, '', expect.stringMatching(oneSentence)]);
    expect(refused.stderr).toContain('already holds papers');
    expect((await paperboy(['restore', file, '--force'], { env })).code).toBe(0);
  });
});

describe('paperboy backup', () => {
  it('warns of a database that holds nothing', async () => {
    const { code, stderr } = await paperboy(['backup', join(temporaryFolder(), 'backup.db')]);
    expect([code, stderr]).toEqual([0, expect.stringContaining('holds nothing yet')]);
  });

  it('wants a file', async () => {
    expect((await paperboy(['backup'])).code).toBe(2);
    expect((await paperboy(['restore'])).code).toBe(2);
  });
});

describe('paperboy restore', () => {
  it('refuses what is no backup, and creates nothing', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'once upon a time\n'.repeat(500));
    const { code, stdout, stderr } = await paperboy(['restore', file], { env: environmentFor(folder) });
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(oneSentence)]);
    expect(stderr).toContain(`restore: ${file} is not an SQLite database`);
    expect(existsSync(join(folder, 'paperboy.db'))).toBe(false);
  });

  it('leaves the database of a running bot alone, until it is gone', { timeout: 60_000 }, async () => {
    const env = await filled('sqlite');
    const bot = await startPaperboy(['start'], env);
    const file = join(temporaryFolder(), 'backup.db');
    expect((await paperboy(['backup', file], { env })).code).toBe(0);
    const refused = await paperboy(['restore', file, '--force'], { env });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(oneSentence)]);
    expect(refused.stderr).toMatch(new RegExp(`restore: pid ${bot.pid} on .* runs on the database .*: stop it`));
    await bot.stop('SIGKILL');
    expect((await paperboy(['restore', file, '--force'], { env })).code).toBe(0);
  });
});
