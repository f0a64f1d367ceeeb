import { once } from 'node:events';
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { messageOf } from '../src/lib/errors.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { nameIn, startPostgres } from './builders/postgres.ts';
import type { PostgresServer } from './builders/postgres.ts';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  export interface ProvidedContext {
    /** Answers `POST /` with the address of a new database with our tables, `POST /empty` with that of an empty one; `DELETE /?ADDRESS` removes one. */
    postgresServer: string;
  }
}

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Runs once before all tests: one PostgreSQL for all test files, started when the first of them asks for a database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<{ server: PostgresServer; template: string }> | undefined;
  // One after the other: PostgreSQL copies a template for one at a time.
  let last: Promise<unknown> = Promise.resolve();

  async function answer(method: string | undefined, { pathname, search }: URL): Promise<string> {
    const { server, template } = await (starting ??= startWithTemplate());
    if (method === 'POST') return server.createDatabase(pathname === '/empty' ? undefined : template);
    await server.dropDatabase(decodeURIComponent(search.slice(1)));
    return '';
  }

  const door = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    last = last
      .then(() => answer(incoming.method, url))
      .then(
        (text) => outgoing.end(text),
        (error: unknown) => outgoing.writeHead(500).end(messageOf(error)),
      );
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address();
  if (address === null || typeof address === 'string') throw new Error('listening on no port');
  project.provide('postgresServer', `http://127.0.0.1:${address.port}/`);

  return async () => {
    door.close();
    door.closeAllConnections();
    if (starting) await (await starting).server.close();
  };
}

async function startWithTemplate(): Promise<{ server: PostgresServer; template: string }> {
  const server = await startPostgres();
  const url = await server.createDatabase();
  const { db } = await openDatabase(url, { log });
  await db.destroy();
  return { server, template: nameIn(url) };
}
