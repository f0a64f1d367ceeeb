import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { DatabaseKind } from '../../src/store/dialect.ts';

export const databaseKinds = ['sqlite', 'postgres'] as const satisfies readonly DatabaseKind[];

/**
 * The DATABASE_URL of a new database, which is gone after the test: an SQLite file that does not exist yet, or a database with our
 * tables on the PostgreSQL server that all tests share.
 */
export async function temporaryDatabase(kind: DatabaseKind): Promise<string> {
  return kind === 'sqlite' ? `sqlite:${join(temporaryFolder(), 'paperboy.db')}` : postgresDatabase('');
}

/** As `temporaryDatabase`, but without our tables. */
export async function emptyDatabase(kind: DatabaseKind): Promise<string> {
  return kind === 'sqlite' ? temporaryDatabase(kind) : postgresDatabase('empty');
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function postgresDatabase(path: '' | 'empty'): Promise<string> {
  const server = inject('postgresServer');
  const answer = await fetch(new URL(path, server), { method: 'POST' });
  const url = await answer.text();
  if (!answer.ok) throw new Error(url);
  onTestFinished(async () => void (await fetch(`${server}?${encodeURIComponent(url)}`, { method: 'DELETE' })));
  return url;
}
